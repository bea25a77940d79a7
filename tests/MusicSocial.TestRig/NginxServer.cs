using System.Globalization;
using System.Net.Sockets;

namespace MusicSocial.TestRig;

/// <summary>nginx with the configuration the hub ships, before nodes on loopback.</summary>
internal sealed class NginxServer : IAsyncDisposable
{
    private readonly ServiceProcess _process;

    private NginxServer(ServiceProcess process) => _process = process;

    public Uri Address => new($"http://127.0.0.1:{_process.Port}");

    /// <summary>Everything nginx has logged so far.</summary>
    public string ErrorLog => File.ReadAllText(Path.Combine(_process.Folder, "error.log"));

    public static async Task<NginxServer> StartAsync(params int[] nodes) =>
        new(await ServiceProcess.StartAsync("nginx", [.. nodes.Select(node => node.ToString(CultureInfo.InvariantCulture))], ConnectAsync));

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task ConnectAsync(int port)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", port);
    }
}
