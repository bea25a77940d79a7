using System.Text.Json;
using Microsoft.Extensions.Logging;
using MusicSocial.Realtime.Cluster;

namespace MusicSocial.Realtime.Redis.Topics;

/// <summary>
/// One followed topic on this node: puts what is heard in order, and reads from the log whatever was not. Listeners hear every event
/// once, or are told to start over.
/// </summary>
internal sealed partial class OrderedDelivery(string topic, TopicStore store, TimeProvider time, RealtimeMetrics metrics, ILogger logger)
{
    // Doorbells heard while the log is being read; more than that are read, too.
    private const int MostHeld = 1_024;

    private readonly Lock _lock = new();
    private readonly Queue<(string Epoch, TopicEvent Event)> _held = new();
    private ITopicListener[] _listeners = [];
    private Task _filling = Task.CompletedTask;

    // What was handed to the listeners last; null when that is not known and they must start over.
    private TopicPosition? _position;
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(5 + (5 * Random.Shared.NextDouble()));
    private bool _isFilling;
    private bool _isLocal;

    // Counts the times this node went on by itself: what was read before the last is worth nothing after it.
    private int _round;
    private long _quietSince = time.GetTimestamp();

    public string Topic => topic;

    /// <summary>Where the listeners stand; null while that is not known.</summary>
    public TopicPosition? Position
    {
        get
        {
            lock (_lock)
                return _position;
        }
    }

    public bool HasListeners => Volatile.Read(ref _listeners).Length > 0;

    public void Add(ITopicListener listener)
    {
        lock (_lock)
            _listeners = [.. _listeners, listener];
    }

    public void Remove(ITopicListener listener)
    {
        lock (_lock)
            _listeners = [.. _listeners.Where(other => !ReferenceEquals(other, listener))];
    }

    /// <summary>Finds out where the topic stands, once the subscription does: from here on nothing is missed.</summary>
    public async Task BeginAsync()
    {
        int round;
        lock (_lock)
            (_isFilling, _position, round) = (true, null, _round);
        TopicPosition? head = null;
        try
        {
            head = (await store.ReadAsync(topic, since: null, CancellationToken.None)).Head;
        }
        catch (RefusedException)
        {
            // Redis is away: the listeners start over on its return.
        }
        catch (Exception exception)
        {
            LogFailed(exception, topic);
        }

        lock (_lock)
        {
            _position = round == _round && !_isLocal ? head : null;
            _isFilling = false;
            if (_position is null || !HandOutHeld())
                StartFilling();
        }
    }

    /// <summary>Takes what came through the subscription. Called one at a time, in the order it was sent.</summary>
    public void OnBell(byte[] doorbell)
    {
        try
        {
            if (TopicText.ReadSignal(doorbell) is { } signal)
                OnSignal(signal);
            else
                OnEvent(TopicText.ReadEvent(doorbell));
        }
        catch (Exception exception) when (exception is FormatException or JsonException or IndexOutOfRangeException)
        {
            LogUnreadable(exception, topic);
        }
    }

    /// <summary>Hands a signal to the listeners.</summary>
    public void OnSignal(TopicSignal signal)
    {
        foreach (var listener in Volatile.Read(ref _listeners))
            listener.OnSignal(topic, signal);
    }

    /// <summary>Reads up on what may have been missed.</summary>
    public Task CheckAsync()
    {
        lock (_lock)
        {
            StartFilling();
            return _filling;
        }
    }

    /// <summary>Whether nothing was heard or read for five to ten seconds; deliveries differ, so that not all are looked at together.</summary>
    public bool IsQuiet => time.GetElapsedTime(Volatile.Read(ref _quietSince)) >= _patience;

    /// <summary>Redis is away and this node goes on by itself: listeners start over under its own numbering, unless they have.</summary>
    public void GoLocal(TopicPosition head)
    {
        lock (_lock)
        {
            if (_isLocal)
                return;
            (_isLocal, _position) = (true, null);
            _round++;
            _held.Clear();
            Reset(head);
        }
    }

    /// <summary>An event of this node's own numbering.</summary>
    public void OnLocalEvent(string epoch, TopicEvent topicEvent)
    {
        lock (_lock)
        {
            if (_isLocal)
                HandOut(epoch, topicEvent);
        }
    }

    /// <summary>Redis has everything that happened on this node's own: listeners start over under its numbering.</summary>
    public Task ResumeAsync()
    {
        lock (_lock)
        {
            _isLocal = false;
            StartFilling();
            return _filling;
        }
    }

    private void OnEvent((string Epoch, TopicEvent Event) heard)
    {
        lock (_lock)
        {
            Volatile.Write(ref _quietSince, time.GetTimestamp());
            if (_isLocal)
                return;
            if (_isFilling || !TryFollow(heard.Epoch, heard.Event))
            {
                if (_held.Count < MostHeld)
                    _held.Enqueue(heard);
                StartFilling();
            }
        }
    }

    /// <summary>True when the event is next, or known already.</summary>
    private bool TryFollow(string epoch, TopicEvent next)
    {
        if (_position is null || epoch != _position.Epoch || next.Offset > _position.Offset + 1)
            return false;
        if (next.Offset == _position.Offset + 1)
        {
            _position = _position with { Offset = next.Offset };
            HandOut(epoch, next);
        }

        return true;
    }

    private void StartFilling()
    {
        if (_isFilling || _isLocal)
            return;
        _isFilling = true;
        _filling = FillAsync();
    }

    private async Task FillAsync()
    {
        try
        {
            bool isDone;
            do
            {
                var (round, since) = (Volatile.Read(ref _round), Position);
                var slice = await store.ReadAsync(topic, since, CancellationToken.None);
                lock (_lock)
                {
                    isDone = _isLocal || (round == _round && TakeIn(slice));
                    _isFilling = !isDone;
                }
            }
            while (!isDone);
        }
        catch (RefusedException)
        {
            // Away: everything is checked on its return.
            StopFilling();
        }
        catch (Exception exception)
        {
            LogFailed(exception, topic);
            StopFilling();
        }
    }

    private void StopFilling()
    {
        lock (_lock)
        {
            _held.Clear();
            _isFilling = false;
        }
    }

    /// <summary>False when more was heard meanwhile than what was read.</summary>
    private bool TakeIn(TopicSlice slice)
    {
        Volatile.Write(ref _quietSince, time.GetTimestamp());
        if (_position is not null && slice.Recovered)
        {
            if (slice.Events.Count > 0)
                metrics.BackFilled(slice.Events.Count);
            foreach (var missed in slice.Events)
                TryFollow(slice.Head.Epoch, missed);
        }
        else
        {
            LogReset(topic, _position, slice.Head);
            _position = slice.Head;
            Reset(slice.Head);
        }

        return HandOutHeld();
    }

    /// <summary>False when one of them does not fit, so that the log must be read again.</summary>
    private bool HandOutHeld()
    {
        var fits = _held.Count < MostHeld;
        while (_held.TryDequeue(out var held))
            fits &= TryFollow(held.Epoch, held.Event);
        return fits;
    }

    private void HandOut(string epoch, TopicEvent topicEvent)
    {
        foreach (var listener in _listeners)
            listener.OnEvent(topic, epoch, topicEvent);
    }

    private void Reset(TopicPosition head)
    {
        foreach (var listener in _listeners)
            listener.OnReset(topic, head);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Topic {Topic} cannot be continued from {Position}; its followers start over at {Head}.")]
    private partial void LogReset(string topic, TopicPosition? position, TopicPosition head);

    [LoggerMessage(Level = LogLevel.Error, Message = "Topic {Topic} could not be read from Redis; its followers on this node miss events until it can. Trying again within ten seconds.")]
    private partial void LogFailed(Exception exception, string topic);

    [LoggerMessage(Level = LogLevel.Error, Message = "A message on the channel of topic {Topic} was not written by this version of the hub; it is left out.")]
    private partial void LogUnreadable(Exception exception, string topic);
}
