using System.Data.Common;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;

namespace MusicSocial.Server.Storage.Copying;

/// <summary><c>musicsocial copy --from DATA_FOLDER --to CONNECTION_STRING</c>: an embedded hub moves to PostgreSQL.</summary>
internal static class CopyCommand
{
    private const string Usage = "Usage: copy --from <data folder> --to \"<PostgreSQL connection string>\"";

    /// <summary>Copies and says what; the process's exit code.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var settings = new ConfigurationBuilder().AddCommandLine(arguments).Build();
        if (settings["from"] is not { } from || settings["to"] is not { } to)
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        try
        {
            foreach (var (table, rows) in await CopyAsync(new StorageOptions { Data = from }, to))
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table,-24}{rows,14:N0}"));
            Console.WriteLine("Every row is there. Start the nodes with --postgres, and with --music as before.");
            return 0;
        }
        catch (Exception exception) when (exception is InvalidOperationException or DbException or IOException)
        {
            await Console.Error.WriteLineAsync($"{exception.Message} Nothing was copied.");
            return 1;
        }
    }

    private static async Task<IReadOnlyList<(string Table, long Rows)>> CopyAsync(StorageOptions from, string to)
    {
        if (!File.Exists(from.File))
            throw new InvalidOperationException($"{from.Folder} holds no hub's data.");
        // Both sides are brought to the schema of this version first. A copy takes as long as it takes.
        await using var source = new SqliteEngine(from, TimeProvider.System, NullLogger.Instance);
        await using var target = new PostgresEngine(
            new StorageOptions { Postgres = $"{to};Command Timeout=0" }, TimeProvider.System, NullLogger.Instance);
        await using var reading = source.Open();
        await using var writing = target.Open();
        return await new DatabaseCopy(reading, writing).RunAsync(from.KeyFolder);
    }
}
