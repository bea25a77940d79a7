using MusicSocial.Client;
using MusicSocial.Faults.History;
using MusicSocial.Faults.Rig;
using MusicSocial.TestRig;

namespace MusicSocial.Faults.Clients;

/// <summary>All clients of the hub in one run: writers, readers, witnesses (one on a line that stalls), and members of a room.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    /// <summary>The one on a line that stalls.</summary>
    public const string StalledWitness = "stalled witness";

    private const int Writers = 3;
    private const int Readers = 2;
    private const int Witnesses = 3;
    private const int Actors = 2;

    /// <summary>Looks at the room until it stands still; one that never does is compared as it is.</summary>
    private const int MostLooks = 50;

    private readonly CancellationTokenSource _writing = new();
    private readonly CancellationTokenSource _reading = new();
    private readonly List<MusicSocialClient> _clients = [];
    private readonly List<RoomActor> _actors = [];
    private readonly List<Task> _writers = [];
    private readonly List<Task> _readers = [];
    private readonly string _prefix;
    private TcpProxy? _stalledLine;
    private MusicSocialClient _host = null!;
    private string _trackId = "";
    private string _roomId = "";

    private Crowd(int seed) => _prefix = $"r{seed}.";

    public int Commands => _actors.Sum(actor => actor.Commands);

    public static async Task<Crowd> GatherAsync(FaultCluster cluster, Recorder recorder, int seed)
    {
        var crowd = new Crowd(seed);
        crowd._host = await crowd.SignInAsync(cluster, "host");
        var tracks = await TracksAsync(crowd._host);
        crowd._trackId = tracks[seed % tracks.Count].Id;
        crowd._roomId = (await crowd._host.Rooms.OpenAsync($"Room {seed}")).Id;
        await using (var room = await crowd._host.Rooms.JoinAsync(crowd._roomId))
            await room.ChangeAsync(new RoomSettingsRequest { AllowListenerQueue = true });

        await crowd.SeatFollowersAsync(cluster, recorder);
        await Patiently.UntilAsync(
            () => recorder.Entries.OfType<Started>().DistinctBy(entry => entry.Client).Count() == Readers + Witnesses + 1, "every follower has started");
        await crowd.SeatWritersAsync(cluster, recorder);
        return crowd;
    }

    public void StopWriting() => _writing.Cancel();

    public Task WrittenAsync() => Task.WhenAll(_writers);

    /// <summary>Every comment of this run that is in the database, oldest first.</summary>
    public async Task<IReadOnlyList<SeenComment>> TruthAsync()
    {
        var truth = new List<SeenComment>();
        await foreach (var comment in _host.Comments.ListAllAsync(_trackId))
        {
            if (comment.Text.StartsWith(_prefix, StringComparison.Ordinal))
                truth.Add(Seen.Of(comment));
        }

        return truth;
    }

    /// <summary>Whether every command is in the room once, and every node says the same of it.</summary>
    public async Task<IReadOnlyList<Violation>> CheckRoomAsync(FaultCluster cluster)
    {
        foreach (var actor in _actors)
            await actor.SettleAsync();
        var views = await ViewsAsync(cluster);
        List<Violation> violations = [];
        if (views.Exists(view => view.Queue.Count + (view.Current is null ? 0 : 1) != Commands))
            violations.Add(new Violation(Violation.Room, $"{Commands} commands, queues of {string.Join(" and ", views.Select(view => view.Queue.Count))}"));
        if (views.DistinctBy(view => (view.Revision, string.Join(' ', view.Queue.Select(item => item.ItemId)))).Count() > 1)
            violations.Add(new Violation(Violation.Disagreed, $"revisions {string.Join(" and ", views.Select(view => view.Revision))}"));
        return violations;
    }

    /// <summary>The room as every node shows it, at a time when it did not change: people who are missed or come back still move it.</summary>
    private async Task<List<RoomView>> ViewsAsync(FaultCluster cluster)
    {
        List<RoomView> views;
        var attempts = 0;
        do
        {
            views = [];
            foreach (var door in cluster.Doors.Append(cluster.Doors[0]))
            {
                await using var client = new MusicSocialClient(FaultCluster.OptionsFor([door]));
                views.Add(await client.Rooms.GetAsync(_roomId));
            }
        }
        while (views[0].Revision != views[^1].Revision && ++attempts < MostLooks);
        return views;
    }

    public async ValueTask DisposeAsync()
    {
        await _writing.CancelAsync();
        await _reading.CancelAsync();
        await Task.WhenAll(_writers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_readers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var client in _clients)
            await client.DisposeAsync();
        if (_stalledLine is not null)
            await _stalledLine.DisposeAsync();
        _writing.Dispose();
        _reading.Dispose();
    }

    private static async Task<IReadOnlyList<Track>> TracksAsync(MusicSocialClient client)
    {
        IReadOnlyList<Track> tracks = [];
        await Patiently.UntilAsync(
            async () => tracks = (await client.Catalog.ListAsync(limit: 200)).Items is { Count: > 0 } found
                ? found
                : throw new InvalidOperationException("The catalog is empty yet."),
            "the songs are in the catalog");
        return tracks;
    }

    private async Task SeatFollowersAsync(FaultCluster cluster, Recorder recorder)
    {
        for (var i = 0; i < Readers; i++)
        {
            var reader = new Reader($"reader {i}", await SignInAsync(cluster, "reader"), _trackId, recorder);
            _readers.Add(reader.ReadAsync(_reading.Token));
        }

        for (var i = 0; i < Witnesses; i++)
            await SeatWitnessAsync($"witness {i}", FaultCluster.OptionsFor(cluster.Doors), cluster, recorder);

        // A line on which everything takes a second each way: the hub must neither wait for it nor lie to it.
        _stalledLine = new TcpProxy(() => cluster.Nodes[0].Process.Address.Port) { Delay = TimeSpan.FromSeconds(1) };
        var stalled = new MusicSocialClientOptions
        {
            Nodes = [new Uri($"http://127.0.0.1:{_stalledLine.Port}")],
            ConnectTimeout = TimeSpan.FromSeconds(15),
            KeepAliveTimeout = TimeSpan.FromSeconds(15),
            CallTimeout = TimeSpan.FromSeconds(30),
        };
        await SeatWitnessAsync(StalledWitness, stalled, cluster, recorder);
    }

    private async Task SeatWitnessAsync(string name, MusicSocialClientOptions options, FaultCluster cluster, Recorder recorder)
    {
        var person = await SignInAsync(cluster, "witness");
        var witness = new Witness(name, options, person.Accounts.Session!.AccessToken, _trackId, recorder);
        _readers.Add(witness.WatchAsync(_reading.Token));
    }

    private async Task SeatWritersAsync(FaultCluster cluster, Recorder recorder)
    {
        for (var i = 0; i < Writers; i++)
        {
            var writer = new Writer($"{_prefix}writer {i}", await SignInAsync(cluster, "writer"), _trackId, recorder);
            _writers.Add(writer.WriteAsync(_writing.Token));
        }

        await using var hostsRoom = await _host.Rooms.JoinAsync(_roomId);
        for (var i = 0; i < Actors; i++)
        {
            var client = await SignInAsync(cluster, "actor");
            // DJs: they queue more than a listener may.
            await using (await client.Rooms.JoinAsync(_roomId))
                await hostsRoom.SetRoleAsync(client.Accounts.Session!.User.Id, RoomRole.Dj);
            var actor = new RoomActor(client, _roomId, _trackId);
            _actors.Add(actor);
            _writers.Add(actor.ActAsync($"{_prefix}{i}", _writing.Token));
        }
    }

    private async Task<MusicSocialClient> SignInAsync(FaultCluster cluster, string name)
    {
        var client = cluster.NewClient();
        _clients.Add(client);
        await client.Accounts.SignInAsGuestAsync(name);
        return client;
    }
}
