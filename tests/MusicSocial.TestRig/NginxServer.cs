using System.Globalization;
using System.Net.Sockets;

namespace MusicSocial.TestRig;

/// <summary>nginx with the configuration the hub ships, before nodes on loopback.</summary>
internal sealed class NginxServer : IAsyncDisposable
{
    private readonly ServiceProcess _process;
    private readonly string _scheme;

    private NginxServer(ServiceProcess process, string scheme) => (_process, _scheme) = (process, scheme);

    public Uri Address => new($"{_scheme}://127.0.0.1:{_process.Port}");

    /// <summary>The certificate of a TLS proxy, as a PEM file.</summary>
    public string Certificate => Path.Combine(_process.Folder, "fullchain.pem");

    /// <summary>Everything nginx has logged so far.</summary>
    public string ErrorLog => File.ReadAllText(Path.Combine(_process.Folder, "error.log"));

    /// <summary>Which requests nginx has answered so far.</summary>
    public string AccessLog => File.ReadAllText(Path.Combine(_process.Folder, "access.log"));

    public static Task<NginxServer> StartAsync(params int[] nodes) => StartBehindAsync([], nodes);

    /// <summary>Starts it behind other proxies, which it believes when they say where a request came from.</summary>
    public static async Task<NginxServer> StartBehindAsync(string[] proxies, params int[] nodes) =>
        new(await ServiceProcess.StartAsync("nginx", [.. nodes.Select(node => node.ToString(CultureInfo.InvariantCulture)), .. proxies], ConnectAsync), "http");

    /// <summary>Starts the TLS proxy of README.md, which has the hub under <c>/music/</c>, with a certificate it signs itself.</summary>
    public static async Task<NginxServer> StartTlsProxyAsync(int hub) =>
        new(await ServiceProcess.StartAsync("proxy", [hub.ToString(CultureInfo.InvariantCulture)], ConnectAsync), "https");

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task ConnectAsync(int port)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", port);
    }
}
