using System.Diagnostics;
using MusicSocial.Client;
using MusicSocial.Client.Topics;

namespace MusicSocial.Faults.Measures;

/// <summary>People who follow songs, each over one connection that begins at the node it is given first.</summary>
internal sealed class Audience : IAsyncDisposable
{
    private readonly List<Listener> _listeners = [];
    private readonly CancellationTokenSource _end = new();

    public IReadOnlyList<Listener> Listeners => _listeners;

    /// <summary>Seats people at nodes and songs in turn.</summary>
    public static async Task<Audience> GatherAsync(int size, IReadOnlyList<IReadOnlyList<Uri>> doors, IReadOnlyList<string> trackIds)
    {
        var audience = new Audience();
        foreach (var wave in Enumerable.Range(0, size).Chunk(20))
        {
            audience._listeners.AddRange(await Task.WhenAll(wave.Select(i =>
                Listener.FollowAsync(doors[i % doors.Count], trackIds[i / doors.Count % trackIds.Count], audience._end.Token))));
        }

        return audience;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        foreach (var listener in _listeners)
            await listener.DisposeAsync();
        _end.Dispose();
    }
}

/// <summary>One of them.</summary>
internal sealed class Listener(MusicSocialClient client) : IAsyncDisposable
{
    private static readonly TimeSpan FollowLimit = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly HashSet<string> _known = [];
    private readonly List<double> _absencesMs = [];
    private long _leftAt;
    private TopicSubscription? _subscription;
    private Task _reading = Task.CompletedTask;

    public Uri? Node => client.Node;

    public ConnectionState State => client.State;

    /// <summary>How long it was without a connection, each time; ms.</summary>
    public IReadOnlyList<double> AbsencesMs
    {
        get
        {
            lock (_lock)
                return [.. _absencesMs];
        }
    }

    public static async Task<Listener> FollowAsync(IReadOnlyList<Uri> doors, string trackId, CancellationToken end)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(end);
        limit.CancelAfter(FollowLimit);
        var client = new MusicSocialClient(new MusicSocialClientOptions { Nodes = doors });
        await client.Accounts.SignInAsGuestAsync("Listener", limit.Token);
        await client.ConnectAsync(limit.Token);
        var listener = new Listener(client);
        client.StateChanged += (_, change) => listener.Note(change.State);
        listener._subscription = await client.FollowAsync($"track:{trackId}", limit.Token);
        listener._reading = listener.ReadAsync(end);
        return listener;
    }

    /// <summary>Whether this text was seen, live or in a snapshot.</summary>
    public bool Knows(string text)
    {
        lock (_lock)
            return _known.Contains(text);
    }

    public async ValueTask DisposeAsync()
    {
        await client.DisposeAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Note(ConnectionState state)
    {
        lock (_lock)
        {
            if (state == ConnectionState.Connected && _leftAt != 0)
            {
                _absencesMs.Add(Stopwatch.GetElapsedTime(_leftAt).TotalMilliseconds);
                _leftAt = 0;
            }
            else if (state != ConnectionState.Connected && _leftAt == 0)
            {
                _leftAt = Stopwatch.GetTimestamp();
            }
        }
    }

    private async Task ReadAsync(CancellationToken end)
    {
        await foreach (var update in _subscription!.ReadAllAsync(end))
        {
            lock (_lock)
            {
                if (update is TopicStarted started)
                    _known.UnionWith(started.ReadSnapshot<TrackSnapshot>().Comments.Select(comment => comment.Text));
                if (update is TopicHappened { Event: { Type: "comment.posted" } posted })
                    _known.Add(posted.ReadData<Comment>().Text);
            }
        }
    }
}
