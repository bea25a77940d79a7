using System.Diagnostics;
using System.Globalization;
using MusicSocial.Client;
using MusicSocial.Faults.Rig;

namespace MusicSocial.Faults.Measures;

/// <summary>The figures of docs/reliability.md, each as a row of Markdown.</summary>
internal sealed class HubMeasures(FaultCluster cluster, Action<string> row)
{
    private const int InSnapshot = 50;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private IReadOnlyList<string> _tracks = [];
    private MusicSocialClient? _writer;

    public async Task RunAsync()
    {
        _writer = new MusicSocialClient(new MusicSocialClientOptions { Nodes = [cluster.Nodes[0].Process.Address] });
        await _writer.Accounts.SignInAsGuestAsync("Writer");
        _tracks = [.. (await _writer.Catalog.ListAsync()).Items.Select(track => track.Id)];
        await CompareClocksAsync();
        await RollAsync();
        await WithoutRedisAsync(TimeSpan.FromSeconds(30));
        await KillNodeAsync();
        await _writer.DisposeAsync();
    }

    /// <summary>Asks both nodes in turn; the quickest answer of many is wrong by half its round trip at most.</summary>
    private async Task CompareClocksAsync()
    {
        await using var one = await ClockAtAsync(cluster.Nodes[0].Process.Address);
        await using var other = await ClockAtAsync(cluster.Nodes[1].Process.Address);
        var apart = new List<double>();
        for (var i = 0; i < 40; i++)
        {
            await Task.Delay(250);
            apart.Add(Math.Abs((one.Clock.Now - other.Clock.Now).TotalMilliseconds));
        }

        apart.Sort();
        var uncertain = one.Clock.Uncertainty + other.Clock.Uncertainty;
        row(string.Create(CultureInfo.InvariantCulture,
            $"| hub clocks of two nodes apart, 40 looks over 10 s: p50 / largest | {apart[20]:0.000} / {apart[^1]:0.000} ms | seen to within {uncertain.TotalMilliseconds:0.00} ms |"));
    }

    private static async Task<MusicSocialClient> ClockAtAsync(Uri node)
    {
        var client = new MusicSocialClient(new MusicSocialClientOptions { Nodes = [node] });
        await client.Accounts.SignInAsGuestAsync("Clock");
        await client.ConnectAsync();
        await client.Clock.WhenReadyAsync();
        await Task.Delay(2_000);
        return client;
    }

    private async Task WithoutRedisAsync(TimeSpan absence)
    {
        Uri[] doors = [.. cluster.Nodes.Select(node => node.Process.Address)];
        await using var audience = await Audience.GatherAsync(100, [[doors[0]], [doors[1]]], [_tracks[0]]);
        await cluster.Redis.KillAsync();
        var began = Stopwatch.GetTimestamp();
        var written = new List<string>();
        while (Stopwatch.GetElapsedTime(began) < absence)
        {
            written.Add($"away {written.Count}");
            await _writer!.Comments.PostAsync(_tracks[0], written[^1]);
            await Task.Delay(500);
        }

        await cluster.Redis.StartAgainAsync();
        // A listener that cannot resume event by event begins anew with a snapshot, which holds so many.
        var newest = written.TakeLast(InSnapshot).ToList();
        var took = await UntilAsync(() => audience.Listeners.All(listener => newest.TrueForAll(listener.Knows)));
        var anew = audience.Listeners.Count(listener => !written.TrueForAll(listener.Knows));
        row($"| Redis away for {absence.TotalSeconds:0} s, {written.Count} comments meanwhile: all 100 listeners on both nodes have caught up after its return | {took} | {anew} of them by a snapshot |");
    }

    private async Task RollAsync()
    {
        var rolled = await RollingRestart.RunAsync(cluster, _tracks[0], listeners: 400);
        row($"| both nodes stopped and started in turn under 400 listeners, away p50 / p99 | {Quantiles(rolled.AbsencesMs)} | "
            + $"{rolled.AbsencesMs.Length} moves, {rolled.Written} comments meanwhile, {rolled.Missed} missed; nodes ended after {string.Join(" and ", rolled.Stops.Select(stop => $"{stop.TotalSeconds:0.0} s"))} |");
    }

    private async Task KillNodeAsync()
    {
        Uri[] doors = [.. cluster.Nodes.Select(node => node.Process.Address)];
        await using var audience = await Audience.GatherAsync(400, [doors], [_tracks[0]]);
        var bereft = audience.Listeners.Where(listener => listener.Node == doors[1]).ToList();
        await cluster.Nodes[1].Process.KillAsync();
        var killed = Stopwatch.GetTimestamp();
        var back = new Dictionary<Listener, double>();
        while (back.Count < bereft.Count && Stopwatch.GetElapsedTime(killed) < Patience)
        {
            foreach (var listener in bereft.Where(listener => listener.State == ConnectionState.Connected && listener.Node == doors[0]))
                back.TryAdd(listener, Stopwatch.GetElapsedTime(killed).TotalMilliseconds);
            await Task.Delay(5);
        }

        await _writer!.Comments.PostAsync(_tracks[0], "after the death");
        await UntilAsync(() => bereft.TrueForAll(listener => listener.Knows("after the death")));
        row($"| a node killed: its {bereft.Count} listeners connected to the other, p50 / p99 | {Quantiles([.. back.Values.Order()])} | all {back.Count} came, and heard what was written next |");
    }

    private static async Task<string> UntilAsync(Func<bool> condition)
    {
        var began = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
                return $"not within {Patience.TotalSeconds:0} s";
            await Task.Delay(5);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(began).TotalSeconds:0.00} s");
    }

    private static string Quantiles(double[] sorted) => sorted.Length == 0
        ? "none came"
        : string.Create(CultureInfo.InvariantCulture, $"{sorted[sorted.Length / 2]:0.0} / {sorted[sorted.Length * 99 / 100]:0.0} ms");
}
