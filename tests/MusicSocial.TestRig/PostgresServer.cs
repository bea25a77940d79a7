using Npgsql;

namespace MusicSocial.TestRig;

/// <summary>A PostgreSQL server of one's own, to be killed and paused.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private static readonly Lock Gate = new();
    private static Task<PostgresServer>? _shared;
    private static int _databases;

    private readonly ServiceProcess _process;

    private PostgresServer(ServiceProcess process) => _process = process;

    public int Port => _process.Port;

    /// <summary>The one server tests share that do it no harm, each with a database of its own. It ends with the test process.</summary>
    public static Task<PostgresServer> SharedAsync()
    {
        lock (Gate)
            return _shared ??= StartSharedAsync();
    }

    /// <summary>Starts a server; settings as on its command line, e.g. <c>-c</c>, <c>fsync=off</c>.</summary>
    public static async Task<PostgresServer> StartAsync(params string[] settings) =>
        new(await ServiceProcess.StartAsync("postgres", settings, PingAsync));

    /// <summary>Creates a database, empty or like <paramref name="template"/> (the connection string of one without connections); returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync(string template = "Database=template1")
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync(Port, $"CREATE DATABASE {name} TEMPLATE {new NpgsqlConnectionStringBuilder(template).Database}");
        return ConnectionString(Port, name);
    }

    /// <summary>Removes a database made by <see cref="CreateDatabaseAsync"/>, ending connections to it.</summary>
    public Task DropDatabaseAsync(string connectionString) =>
        ExecuteAsync(Port, $"DROP DATABASE {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");

    public Task KillAsync() => _process.KillAsync();

    public Task StartAgainAsync() => _process.StartAgainAsync(PingAsync);

    public void Pause() => _process.Pause();

    public void Resume() => _process.Resume();

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task<PostgresServer> StartSharedAsync()
    {
        // The shared one is never killed: nothing need survive.
        var server = await StartAsync("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off");
        server._process.EndWithThisProcess();
        return server;
    }

    private static Task PingAsync(int port) => ExecuteAsync(port, "SELECT 1");

    private static async Task ExecuteAsync(int port, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(port, "postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static string ConnectionString(int port, string database) =>
        $"Host=127.0.0.1;Port={port};Username=musicsocial;Database={database}";
}
