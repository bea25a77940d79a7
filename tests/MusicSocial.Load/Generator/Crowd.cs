using System.Diagnostics;

namespace MusicSocial.Load.Generator;

/// <summary>
/// Thousands of hub clients on one thread: plain sockets that speak just enough WebSocket and SignalR. Everything happens within the Run methods.
/// </summary>
internal sealed class Crowd : IDisposable
{
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(10);

    private readonly Epoll _epoll = new();
    private readonly Dictionary<string, HeardTopic> _topics = new(StringComparer.Ordinal);
    private readonly List<Listener> _listeners = [];
    private readonly Queue<Listener> _toDial = [];
    private readonly Hearing _hearing;
    private readonly byte[] _shared = new byte[256 * 1024];
    private readonly int[] _ready = new int[64];
    private readonly Func<int, string> _pathOf;
    private int _dialling;
    private int _mostDialling;
    private int _pinged;
    private long _pingsBegan = Stopwatch.GetTimestamp();

    /// <summary>A crowd nobody belongs to yet.</summary>
    /// <param name="pathOf">Where a listener of that number connects to, with query; <c>/hub</c> unless said otherwise.</param>
    public Crowd(Func<int, string>? pathOf = null)
    {
        _pathOf = pathOf ?? (_ => "/hub");
        _hearing = new(_topics, Findings);
    }

    public Findings Findings { get; } = new();

    public IReadOnlyList<Listener> Listeners => _listeners;

    public IReadOnlyCollection<HeardTopic> Topics => _topics.Values;

    /// <summary>How long the crowd had nothing to do while it ran.</summary>
    public TimeSpan Idle { get; private set; }

    /// <summary>What is published while the crowd runs.</summary>
    public Publishing? Publishing { get; set; }

    public bool AreAllLive => _toDial.Count == 0 && _listeners.TrueForAll(listener => listener.Stage == ListenerStage.Live) && _hearing.Unanswered == 0;

    /// <summary>Whether every listener that reads has been told of all that was published since counting began.</summary>
    public bool HasEverything => _listeners.TrueForAll(listener => listener.IsStalled || listener.Stage == ListenerStage.Away
        || listener.Seats.TrueForAll(seat => seat.Total >= seat.Topic.Published - seat.Topic.PublishedBefore));

    /// <summary>Takes in a listener that was made with the number of those before it.</summary>
    public void Add(Listener listener, params IEnumerable<string> topics)
    {
        _listeners.Add(listener);
        foreach (var name in topics)
        {
            if (!_topics.TryGetValue(name, out var topic))
                _topics.Add(name, topic = new(name));
            var seat = new Seat(listener, topic);
            topic.Seats.Add(seat);
            listener.Seats.Add(seat);
        }
    }

    /// <summary>Connects everybody who is away, so many at a time, and runs until all follow. Returns how long it took.</summary>
    public TimeSpan Arrive(int atOnce, TimeSpan patience)
    {
        var began = Stopwatch.GetTimestamp();
        _mostDialling = atOnce;
        foreach (var listener in _listeners.Where(listener => listener.Stage == ListenerStage.Away))
            _toDial.Enqueue(listener);
        RunUntil(() => AreAllLive, patience, "everybody follows");
        (_pinged, _pingsBegan) = (0, Stopwatch.GetTimestamp());
        return Stopwatch.GetElapsedTime(began);
    }

    /// <summary>It is gone, without a word.</summary>
    public void Cut(Listener listener) => Lose(listener);

    /// <summary>From now on it does not read.</summary>
    public void Stall(Listener listener)
    {
        listener.IsStalled = true;
        _epoll.Forget(listener.Fd);
    }

    /// <summary>Counts from here.</summary>
    public void BeginCounting()
    {
        Findings.Clear();
        foreach (var topic in _topics.Values)
            topic.Count();
    }

    public void RunFor(TimeSpan span)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < span)
            RunOnce();
    }

    /// <summary>Runs until it is true.</summary>
    /// <exception cref="TimeoutException">It did not come true in time.</exception>
    public void RunUntil(Func<bool> isTrue, TimeSpan patience, string what)
    {
        if (!TryRunUntil(isTrue, patience))
            throw new TimeoutException($"Not within {patience.TotalSeconds:F0} s: {what}. First flaw: {Findings.Flaws.FirstOrDefault()}");
    }

    public bool TryRunUntil(Func<bool> isTrue, TimeSpan patience)
    {
        var began = Stopwatch.GetTimestamp();
        var looked = began;
        while (Stopwatch.GetElapsedTime(began) < patience)
        {
            RunOnce();
            // Looking may mean looking at everybody.
            if (Stopwatch.GetElapsedTime(looked) < TimeSpan.FromMilliseconds(5))
                continue;
            if (isTrue())
                return true;
            looked = Stopwatch.GetTimestamp();
        }

        return isTrue();
    }

    public void Dispose()
    {
        foreach (var listener in _listeners)
            listener.HangUp();
        _epoll.Dispose();
    }

    private void RunOnce()
    {
        var now = Stopwatch.GetTimestamp();
        Publishing?.SayDue(now);
        Ping();
        while (_dialling < _mostDialling && _toDial.TryDequeue(out var next))
            Dial(next);
        // Whoever publishes must not oversleep.
        var ready = _epoll.Wait(_ready, Publishing is { IsOn: true } ? 0 : 1);
        for (var i = 0; i < ready; i++)
            Serve(_listeners[_ready[i]]);
        if (ready == 0)
            Idle += Stopwatch.GetElapsedTime(now);
    }

    private void Dial(Listener listener)
    {
        listener.Dial();
        _epoll.Watch(listener.Fd, listener.Tag, untilConnected: true);
        _dialling++;
    }

    private void Serve(Listener listener)
    {
        if (listener.Stage == ListenerStage.Connecting)
        {
            Greet(listener);
            return;
        }

        var wasArriving = IsArriving(listener);
        if (listener.Fd >= 0 && !listener.Receive(_shared, _hearing))
        {
            Lose(listener);
            Findings.Ended++;
        }
        else if (wasArriving && !IsArriving(listener))
        {
            _dialling--;
        }
    }

    private void Greet(Listener listener)
    {
        if (Libc.ErrorOf(listener.Fd) is not 0 and var error)
            throw new IOException($"A connection was refused by the system with error {error}.");
        _epoll.WatchReading(listener.Fd, listener.Tag);
        listener.Stage = ListenerStage.Upgrading;
        listener.SayRaw(WebSocketBytes.Upgrade(_pathOf(listener.Tag)));
    }

    private void Lose(Listener listener)
    {
        if (IsArriving(listener))
            _dialling--;
        _hearing.OnGone(listener);
        listener.HangUp();
    }

    private static bool IsArriving(Listener listener) => listener.Stage is not (ListenerStage.Away or ListenerStage.Live);

    // As any client does; spread out, so that nobody is disturbed by all at once.
    private void Ping()
    {
        var due = (long)(_listeners.Count * Stopwatch.GetElapsedTime(_pingsBegan).Divide(PingInterval));
        for (; _pinged < due; _pinged++)
        {
            if (_listeners[_pinged % _listeners.Count] is { Stage: ListenerStage.Live, IsStalled: false } listener)
                listener.Say("{\"type\":6}\u001e"u8);
        }
    }
}
