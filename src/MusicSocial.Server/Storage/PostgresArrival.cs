using Microsoft.Extensions.Options;
using Npgsql;

namespace MusicSocial.Server.Storage;

/// <summary>Machines start nodes and database in any order, and a database that was not shut down has work before it answers: the node waits for it.</summary>
internal static partial class PostgresArrival
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Returns once PostgreSQL answers, or when <see cref="StorageOptions.PostgresPatience"/> is over: what it says then is the engine's to report.</summary>
    public static async Task WaitForPostgresAsync(this IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        if (!options.IsShared)
            return;
        var time = services.GetRequiredService<TimeProvider>();
        var settings = PostgresEngine.Settings(options);
        // Nothing of this connection is left to the pool that is made next.
        settings.Pooling = false;
        var began = time.GetTimestamp();
        for (var attempt = 1; !await AnswersAsync(settings.ConnectionString) && time.GetElapsedTime(began) < options.PostgresPatience; attempt++)
        {
            if (attempt == 1)
                LogWaiting(services.GetRequiredService<ILogger<Database>>(), settings.Host, settings.Port, options.PostgresPatience.TotalSeconds);
            await Task.Delay(Pause, time);
        }
    }

    /// <summary>Whether waiting longer would not help: it answers, or refuses for good (a wrong password, an unknown database).</summary>
    private static async Task<bool> AnswersAsync(string connectionString)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException exception)
        {
            return !exception.IsTransient;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "PostgreSQL at {Host}:{Port} does not answer; waiting up to {Seconds} s for it.")]
    private static partial void LogWaiting(ILogger logger, string? host, int port, double seconds);
}
