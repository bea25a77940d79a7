using MusicSocial.TestRig;

namespace MusicSocial.Faults.Rig;

/// <summary>One node with the network before it and the network behind it.</summary>
internal sealed class FaultNode : IAsyncDisposable
{
    private FaultNode(HubProcess process, TcpProxy toRedis)
    {
        (Process, ToRedis) = (process, toRedis);
        FromClients = new TcpProxy(() => process.Address.Port);
    }

    public HubProcess Process { get; }

    public TcpProxy FromClients { get; }

    public TcpProxy ToRedis { get; }

    /// <summary>Where clients knock.</summary>
    public Uri Door => new($"http://127.0.0.1:{FromClients.Port}");

    public static async Task<FaultNode> StartAsync(Func<int> redisPort, string[] arguments)
    {
        var toRedis = new TcpProxy(redisPort);
        var process = await HubProcess.StartAsync(null, ["--redis", $"127.0.0.1:{toRedis.Port},prefix=faults", .. arguments]);
        return new FaultNode(process, toRedis);
    }

    public async Task HealAsync()
    {
        foreach (var network in new[] { FromClients, ToRedis })
        {
            (network.Delay, network.Refuses) = (TimeSpan.Zero, false);
            if (!network.Swallows)
                continue;
            // What was swallowed is missing in the middle of these streams: no real network continues them.
            network.Cut();
            network.Swallows = false;
        }

        if (Process.IsRunning)
            Process.Resume();
        else
            await Process.StartAgainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await FromClients.DisposeAsync();
        await ToRedis.DisposeAsync();
    }
}
