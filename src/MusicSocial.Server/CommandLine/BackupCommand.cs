using System.Diagnostics;
using System.IO.Compression;
using Microsoft.Data.Sqlite;
using MusicSocial.Server.Storage;
using Npgsql;

namespace MusicSocial.Server.CommandLine;

/// <summary>
/// <c>backup</c> and <c>restore</c>. An embedded hub's backup is a zip of a consistent copy of its database and the keys that sign tokens; the hub may
/// run meanwhile. A shared hub's is a dump by <c>pg_dump</c>, which holds the keys too. Either is a secret: its owner can sign in as any user.
/// </summary>
internal static class BackupCommand
{
    private const string DatabaseEntry = "musicsocial.db";
    private const string KeyEntries = "keys/";

    private static readonly byte[] DumpMagic = "PGDMP"u8.ToArray();

    /// <summary>Writes <c>--to</c>.</summary>
    public static async Task<int> BackupAsync(string[] settings)
    {
        var configuration = VerbServices.Configuration(settings);
        var (storage, file) = (VerbServices.Storage(configuration), Path.GetFullPath(configuration["to"]!));
        if (Path.Exists(file))
            throw new CannotStartException($"{file} exists already; a backup never overwrites.");
        if (storage.IsShared)
            await RunPostgresToolAsync("pg_dump", storage, ["--format=custom", $"--file={file}"]);
        else
            await WorkProgress.ShowAsync(progress => Task.Run(() => WriteArchive(storage, file, progress)));
        // The keys inside sign tokens: only the file's owner may read it.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Console.WriteLine($"Wrote {file} ({new FileInfo(file).Length / 1024.0 / 1024.0:N1} MiB).");
        return 0;
    }

    /// <summary>Reads <c>--from</c> into a place that holds no hub yet.</summary>
    public static async Task<int> RestoreAsync(string[] settings)
    {
        var configuration = VerbServices.Configuration(settings);
        var (storage, file) = (VerbServices.Storage(configuration), Path.GetFullPath(configuration["from"]!));
        if (!File.Exists(file))
            throw new CannotStartException($"{file} does not exist.");
        if (storage.IsShared)
            await RestoreDumpAsync(storage, file);
        else
            RestoreArchive(storage, file);
        Console.WriteLine("Restored. Start the hub with the same settings.");
        return 0;
    }

    private static bool WriteArchive(StorageOptions storage, string file, IProgress<(string Step, long Done, long? Total)> progress)
    {
        if (!File.Exists(storage.File))
            throw new CannotStartException($"{storage.Folder} holds no hub's data.");
        var copy = $"{file}.copying";
        try
        {
            progress.Report(("Copying the database", 0, null));
            // VACUUM INTO reads one snapshot, whatever the hub writes meanwhile, and leaves no free pages behind.
            using (var source = new SqliteConnection($"Data Source={storage.File};Mode=ReadWrite;Pooling=False"))
            {
                source.Open();
                using var command = source.CreateCommand();
                command.CommandText = "VACUUM INTO $copy";
                command.Parameters.AddWithValue("$copy", copy);
                command.CommandTimeout = 0;
                command.ExecuteNonQuery();
            }

            using var archive = ZipFile.Open(file, ZipArchiveMode.Create);
            string[] keys = Directory.Exists(storage.KeyFolder) ? Directory.GetFiles(storage.KeyFolder, "*.xml") : [];
            progress.Report(("Writing the archive", 0, keys.Length + 1));
            archive.CreateEntryFromFile(copy, DatabaseEntry);
            for (var i = 0; i < keys.Length; i++)
            {
                archive.CreateEntryFromFile(keys[i], KeyEntries + Path.GetFileName(keys[i]));
                progress.Report(("Writing the archive", i + 2, keys.Length + 1));
            }

            return true;
        }
        catch
        {
            File.Delete(file);
            throw;
        }
        finally
        {
            File.Delete(copy);
        }
    }

    private static void RestoreArchive(StorageOptions storage, string file)
    {
        if (File.Exists(storage.File))
            throw new CannotStartException($"{storage.Folder} holds a hub already; restore into an empty folder.");
        using var archive = OpenArchive(file);
        var database = archive.GetEntry(DatabaseEntry) ?? throw new CannotStartException($"{file} is no backup of an embedded hub.");
        Directory.CreateDirectory(storage.KeyFolder);
        foreach (var key in archive.Entries.Where(entry => entry.FullName.StartsWith(KeyEntries, StringComparison.Ordinal) && entry.Name.Length > 0))
            key.ExtractToFile(Path.Combine(storage.KeyFolder, key.Name), overwrite: true);
        // Last, under another name first: a folder with half a database is never taken for a hub's.
        var arriving = $"{storage.File}.restoring";
        database.ExtractToFile(arriving, overwrite: true);
        File.Move(arriving, storage.File);
    }

    private static ZipArchive OpenArchive(string file)
    {
        try
        {
            return ZipFile.OpenRead(file);
        }
        catch (InvalidDataException)
        {
            throw new CannotStartException($"{file} is no backup of an embedded hub.");
        }
    }

    private static async Task RestoreDumpAsync(StorageOptions storage, string file)
    {
        await using (var stream = File.OpenRead(file))
        {
            var head = new byte[DumpMagic.Length];
            if (await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false) < head.Length || !head.AsSpan().SequenceEqual(DumpMagic))
                throw new CannotStartException($"{file} is no dump of a shared hub; an embedded hub's backup is restored without --postgres, then moved with copy.");
        }

        await RunPostgresToolAsync(
            "pg_restore", storage,
            ["--single-transaction", "--exit-on-error", "--no-owner", $"--dbname={PostgresEngine.Settings(storage).Database}", file]);
    }

    private static async Task RunPostgresToolAsync(string tool, StorageOptions storage, string[] arguments)
    {
        var connection = PostgresEngine.Settings(storage);
        var start = new ProcessStartInfo(tool, arguments);
        foreach (var (name, value) in EnvironmentOf(connection))
            start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
                throw new CannotStartException($"{tool} failed with exit code {process.ExitCode}; what it said stands above.");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new CannotStartException($"{tool} is not installed: apt-get install postgresql-client.");
        }
    }

    private static IEnumerable<(string Name, string? Value)> EnvironmentOf(NpgsqlConnectionStringBuilder connection) =>
    [
        ("PGHOST", connection.Host), ("PGPORT", connection.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ("PGUSER", connection.Username), ("PGPASSWORD", connection.Password), ("PGDATABASE", connection.Database),
    ];
}
