using Microsoft.Extensions.Options;
using Npgsql;

namespace MusicSocial.Server.Storage;

/// <summary>Nodes and database may be started in any order, and PostgreSQL recovers for a while after a crash: a starting node waits for it.</summary>
internal static partial class WaitForPostgres
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Returns once PostgreSQL answers, or when <see cref="StorageOptions.PostgresTimeout"/> has passed; the engine then reports what PostgreSQL said.</summary>
    public static async Task WaitForPostgresAsync(this IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        if (!options.IsShared)
            return;
        var time = services.GetRequiredService<TimeProvider>();
        var settings = PostgresEngine.Settings(options);
        // Not pooled: the data source that is made next has a pool of its own.
        settings.Pooling = false;
        var began = time.GetTimestamp();
        for (var attempt = 1; !await AnswersAsync(settings.ConnectionString) && time.GetElapsedTime(began) < options.PostgresTimeout; attempt++)
        {
            if (attempt == 1)
                LogWaiting(services.GetRequiredService<ILogger<Database>>(), settings.Host, settings.Port, options.PostgresTimeout.TotalSeconds);
            await Task.Delay(Pause, time);
        }
    }

    /// <summary>Whether waiting longer would not help: it answers, or refuses permanently (a wrong password, an unknown database).</summary>
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
