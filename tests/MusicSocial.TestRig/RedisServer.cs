using System.Net.Sockets;
using System.Text;
using StackExchange.Redis;

namespace MusicSocial.TestRig;

/// <summary>A Redis server of one's own: persistent (append-only file), to be killed, paused, filled and flushed.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private static readonly Lock Gate = new();
    private static Task<RedisServer>? _shared;

    private readonly ServiceProcess _process;

    private RedisServer(ServiceProcess process) => _process = process;

    public int Port => _process.Port;

    /// <summary><c>host:port</c>.</summary>
    public string Address => $"127.0.0.1:{Port}";

    /// <summary>The one server tests share that do it no harm, each with a key prefix of its own. It ends with the test process.</summary>
    public static Task<RedisServer> SharedAsync()
    {
        lock (Gate)
            return _shared ??= StartSharedAsync();
    }

    /// <summary>Starts a server; settings as on redis-server's command line, e.g. <c>--appendonly no</c>.</summary>
    public static async Task<RedisServer> StartAsync(params string[] settings) =>
        new(await ServiceProcess.StartAsync("redis", settings, PingAsync));

    public Task KillAsync() => _process.KillAsync();

    public Task StartAgainAsync() => _process.StartAgainAsync(PingAsync);

    public void Pause() => _process.Pause();

    public void Resume() => _process.Resume();

    /// <summary>An administrator's connection, apart from those under test.</summary>
    public Task<ConnectionMultiplexer> ConnectAsync() => ConnectionMultiplexer.ConnectAsync($"{Address},allowAdmin=true");

    /// <summary>Runs one administrative command, such as <c>FLUSHALL</c>.</summary>
    public async Task<RedisResult> CommandAsync(string command, params object[] arguments)
    {
        using var connection = await ConnectAsync();
        return await connection.GetDatabase().ExecuteAsync(command, arguments);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task<RedisServer> StartSharedAsync()
    {
        var server = await StartAsync();
        server._process.EndWithThisProcess();
        return server;
    }

    private static async Task PingAsync(int port)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", port);
        var stream = socket.GetStream();
        await stream.WriteAsync("PING\r\n"u8.ToArray());
        var answer = new byte[7];
        await stream.ReadExactlyAsync(answer).AsTask().WaitAsync(TimeSpan.FromSeconds(1));
        if (Encoding.ASCII.GetString(answer) != "+PONG\r\n")
            throw new InvalidOperationException("Redis is loading.");
    }
}
