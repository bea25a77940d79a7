using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Redis.Connection;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Lyrics.Quoting;
using MusicSocial.Server.Storage;
using Npgsql;

namespace MusicSocial.Server.CommandLine;

/// <summary>Examines what a hub with these settings stands on: addresses, folders, tools, fonts, databases, limits of the system. Changes nothing.</summary>
internal static class Examination
{
    private const long LittleSpace = 1L << 30;
    private const int FewFiles = 4096;

    private static readonly Version OldestPostgres = new(15, 0);

    /// <summary>All findings, in the order an operator would mend them.</summary>
    public static async IAsyncEnumerable<Finding> RunAsync(IConfiguration configuration)
    {
        var storage = VerbServices.Storage(configuration);
        foreach (var address in (configuration["Urls"] ?? "http://localhost:5080").Split(';', StringSplitOptions.RemoveEmptyEntries))
            yield return Address(address);
        yield return DataFolder(storage);
        var catalog = Catalog(configuration);
        yield return MusicFolders(new MusicFolders(catalog));
        yield return await ToolAsync("ffmpeg", catalog.Value.Ffmpeg, "covers, chunks and loudness");
        yield return await ToolAsync("ffprobe", catalog.Value.Ffprobe, "every format but WebM and WAV");
        await foreach (var finding in FontsAsync(catalog))
            yield return finding;
        if (storage.IsShared)
            yield return await PostgresAsync(storage);
        if (configuration["Redis"] is { Length: > 0 } redis)
            yield return await RedisAsync(redis);
        yield return OpenFiles();
    }

    private static IOptions<CatalogOptions> Catalog(IConfiguration configuration)
    {
        var options = new CatalogOptions();
        configuration.GetSection("Catalog").Bind(options);
        options.Music = configuration["Music"] ?? "";
        return Options.Create(options);
    }

    private static Finding Address(string address)
    {
        var parsed = BindingAddress.Parse(address);
        if (parsed.Port == 0)
            return new("Address", Health.Fine, $"{address}: any free port.");
        var ip = IPAddress.TryParse(parsed.Host, out var one) ? one : parsed.Host == "localhost" ? IPAddress.Loopback : IPAddress.Any;
        try
        {
            using var listener = new TcpListener(ip, parsed.Port);
            listener.Start();
            return new("Address", Health.Fine, $"{address} is free.");
        }
        catch (SocketException exception)
        {
            return new("Address", Health.Broken, exception.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? $"{address} is in use: by this hub if it runs, else stop the other program or choose another with --urls."
                : $"{address} cannot be listened on: {exception.Message}. Choose another with --urls.");
        }
    }

    private static Finding DataFolder(StorageOptions storage)
    {
        const string Subject = "Data folder";
        try
        {
            StartChecks.DataFolder(storage);
            var free = new DriveInfo(storage.Folder).AvailableFreeSpace;
            var text = $"{storage.Folder} can be written, {free / (double)(1 << 30):N1} GiB are free.";
            return free < LittleSpace
                ? new(Subject, Health.Lacking, $"{text} That is little: chunks and covers take about 2 MB a minute of music.")
                : new(Subject, Health.Fine, text);
        }
        catch (CannotStartException exception)
        {
            return new(Subject, Health.Broken, exception.Message);
        }
    }

    private static Finding MusicFolders(MusicFolders folders)
    {
        try
        {
            StartChecks.MusicFolders(folders);
            return new("Music", Health.Fine, string.Join(", ", folders.All.Select(folder => folder.Value)));
        }
        catch (CannotStartException exception)
        {
            return new("Music", Health.Broken, exception.Message);
        }
    }

    private static async Task<Finding> ToolAsync(string subject, string program, string use)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, "-version") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var first = await process.StandardOutput.ReadLineAsync();
            process.Kill();
            return new(subject, Health.Fine, first ?? program);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return new(subject, Health.Lacking, $"not found: the hub does without {use}. apt-get install ffmpeg.");
        }
    }

    private static async IAsyncEnumerable<Finding> FontsAsync(IOptions<CatalogOptions> catalog)
    {
        var missing = await new FontCoverage(catalog).MissingAsync();
        yield return missing.Count == 0
            ? new("Fonts", Health.Fine, "quote cards can be drawn in every common script.")
            : new(
                "Fonts", Health.Lacking,
                $"quote cards have no PNG for {string.Join("; ", missing.Select(script => script.Script))}. " +
                $"apt-get install fontconfig {string.Join(' ', missing.Select(script => script.Package).Distinct())}.");
    }

    private static async Task<Finding> RedisAsync(string connectionString)
    {
        try
        {
            return await RedisConfigurationCheck.ExamineAsync(connectionString) switch
            {
                { Objection: { } objection } => new("Redis", Health.Broken, objection),
                { Warnings: { Count: > 0 } warnings } => new("Redis", Health.Lacking, string.Join(' ', warnings)),
                _ => new("Redis", Health.Fine, "answers, keeps what it is given and persists it."),
            };
        }
        catch (FormatException exception)
        {
            return new("Redis", Health.Broken, exception.Message);
        }
    }

    private static async Task<Finding> PostgresAsync(StorageOptions storage)
    {
        const string Subject = "PostgreSQL";
        var settings = PostgresEngine.Settings(storage);
        settings.Pooling = false;
        try
        {
            await using var connection = new NpgsqlConnection(settings.ConnectionString);
            await connection.OpenAsync();
            if (connection.PostgreSqlVersion < OldestPostgres)
                return new(Subject, Health.Lacking, $"version {connection.PostgreSqlVersion}; {OldestPostgres.Major} and newer were tested.");
            var encoding = await AskAsync(connection, "SHOW server_encoding");
            if (encoding != "UTF8")
                return new(Subject, Health.Broken, $"the database is {encoding}; create it with ENCODING 'UTF8'.");
            if (await AskAsync(connection, "SELECT has_schema_privilege(current_schema(), 'CREATE')::text") != "true")
                return new(Subject, Health.Broken, $"user {settings.Username} may not create tables: make it the owner of database {settings.Database}.");
            var connections = int.Parse(await AskAsync(connection, "SHOW max_connections"), CultureInfo.InvariantCulture);
            return connections < settings.MaxPoolSize * 2
                ? new(Subject, Health.Lacking, $"max_connections is {connections}; each node takes up to {settings.MaxPoolSize}.")
                : new(Subject, Health.Fine, $"version {connection.PostgreSqlVersion} at {settings.Host}:{settings.Port}, {connections} connections.");
        }
        catch (Exception exception) when (StartFailure.Describe(exception) is { } line)
        {
            return new(Subject, Health.Broken, line);
        }
    }

    private static async Task<string> AskAsync(NpgsqlConnection connection, string question)
    {
        await using var command = new NpgsqlCommand(question, connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static Finding OpenFiles()
    {
        var limit = File.ReadLines("/proc/self/limits").First(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        var soft = limit.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
        return soft == "unlimited" || long.Parse(soft, CultureInfo.InvariantCulture) >= FewFiles
            ? new("Open files", Health.Fine, $"{soft} at once.")
            : new("Open files", Health.Lacking, $"{soft} at once, and each listener takes one: raise it with ulimit -n, or LimitNOFILE in the unit.");
    }
}
