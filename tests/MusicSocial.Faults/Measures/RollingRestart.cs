using MusicSocial.Client;
using MusicSocial.Faults.Rig;

namespace MusicSocial.Faults.Measures;

/// <summary>An upgrade: every node is stopped (SIGTERM) and started again in turn, while people listen and one of them writes.</summary>
/// <param name="Stops">How long each node took to end.</param>
/// <param name="AbsencesMs">Times without a connection, from the node's goodbye to the next node's welcome, sorted; ms.</param>
/// <param name="Written">Comments acknowledged meanwhile.</param>
/// <param name="Missed">Pairs of a listener and a comment they never learned of.</param>
internal sealed record RollingRestart(IReadOnlyList<TimeSpan> Stops, double[] AbsencesMs, int Written, int Missed)
{
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<RollingRestart> RunAsync(FaultCluster cluster, string trackId, int listeners)
    {
        Uri[] doors = [.. cluster.Nodes.Select(node => node.Process.Address)];
        await using var audience = await Audience.GatherAsync(listeners, [.. doors.Select(door => (IReadOnlyList<Uri>)[door, .. doors])], [trackId]);
        await using var writer = new MusicSocialClient(FaultCluster.OptionsFor(doors));
        await writer.Accounts.SignInAsGuestAsync("Writer");
        using var done = new CancellationTokenSource();
        var writing = WriteAsync(writer, trackId, done.Token);
        var stops = new List<TimeSpan>();
        foreach (var node in cluster.Nodes)
        {
            await Task.Delay(Breath);
            stops.Add(await node.Process.StopAsync());
            await node.Process.StartAgainAsync();
        }

        await Task.Delay(Breath);
        await done.CancelAsync();
        var written = await writing;
        var missed = await CountMissedAsync(audience, written);
        return new(stops, [.. audience.Listeners.SelectMany(listener => listener.AbsencesMs).Order()], written.Count, missed);
    }

    private static async Task<List<string>> WriteAsync(MusicSocialClient writer, string trackId, CancellationToken done)
    {
        var written = new List<string>();
        while (!done.IsCancellationRequested)
        {
            var text = $"rolling {written.Count}";
            await writer.Comments.PostAsync(trackId, text, cancellationToken: CancellationToken.None);
            written.Add(text);
            await Task.Delay(50, CancellationToken.None);
        }

        return written;
    }

    private static async Task<int> CountMissedAsync(Audience audience, List<string> written)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var missed = audience.Listeners.Sum(listener => written.Count(text => !listener.Knows(text)));
            if (missed == 0 || patience.IsCancellationRequested)
                return missed;
            await Task.Delay(100, CancellationToken.None);
        }
    }
}
