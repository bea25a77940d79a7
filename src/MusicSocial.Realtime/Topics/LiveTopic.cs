using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;
using MusicSocial.Realtime.Cluster;

namespace MusicSocial.Realtime.Topics;

/// <summary>
/// A topic that connections of this node follow: receives what the bus carries, keeps the newest events in a ring and releases them tick by tick. Followers
/// are cursors into the ring, so one that cannot take a frame now gets one merged frame later.
/// </summary>
internal sealed partial class LiveTopic : ITopicListener, IAsyncDisposable
{
    // Most followers stand at the newest place or one tick behind; a follower that stands elsewhere gets bytes of its own.
    private const int MostCachedMessages = 4;

    private readonly Lock _lock = new();
    private readonly EventRing _ring;
    private readonly SignalConflator _signals = new();
    private readonly HashSet<Follower> _followers = [];
    private readonly HashSet<Follower> _unanswered = [];
    private readonly FlushScheduler _flushes;
    private readonly RealtimeOptions _options;
    private readonly RealtimeMetrics _metrics;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;

    // Followers that stand at the same place get the same bytes; both caches live for one tick.
    private readonly Dictionary<long, CutFrame> _frames = [];
    private readonly Dictionary<long, SerializedHubMessage> _batches = [];
    private Follower[]? _audience;
    private IAsyncDisposable? _subscription;
    private readonly ITopicKind _kind;
    private readonly EventSampler _sampler;
    private long _released;
    private long? _waitingSince;

    public LiveTopic(string name, ITopicKind kind, ITopicLog log, RealtimeOptions options, TimeProvider time, RealtimeMetrics metrics, ILogger logger)
    {
        (Name, _kind, _options, _time, _metrics, _logger) = (name, kind, options, time, metrics, logger);
        _ring = new(options.RetainedEvents, options.RetainedBytes);
        _sampler = new(options.ReadablePerSecond, options.ReadableBurst);
        _flushes = new(time, Pace, Flush, exception => LogFlushFailed(exception, name));
        Backfill = new(name, log, time, IsOutrun);
    }

    private sealed record CutFrame(long To, SerializedHubMessage Message, HashSet<string>? SeeMore);

    public string Name { get; }

    /// <summary>What the ring does not hold any more, or not yet.</summary>
    public BackfillCache Backfill { get; }

    public int FollowerCount
    {
        get
        {
            lock (_lock)
            {
                return _followers.Count;
            }
        }
    }

    public TopicPosition Head
    {
        get
        {
            lock (_lock)
            {
                return _ring.Head;
            }
        }
    }

    /// <summary>Subscribes, then reads where the topic stands, so that nothing falls between the two.</summary>
    public async Task StartAsync(ITopicBus bus, ITopicLog log)
    {
        _subscription = await bus.SubscribeAsync(Name, this, CancellationToken.None);
        TopicSlice slice;
        try
        {
            slice = await log.ReadAsync(Name, since: null, CancellationToken.None);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }

        lock (_lock)
        {
            if (_ring.Epoch.Length == 0)
            {
                StartOver(slice.Head);
            }
        }
    }

    public void OnEvent(string topic, string epoch, TopicEvent topicEvent)
    {
        lock (_lock)
        {
            var sameEpoch = epoch == _ring.Epoch;
            if (sameEpoch && topicEvent.Offset <= _ring.Last)
            {
                return;
            }

            if (!sameEpoch || topicEvent.Offset > _ring.Last + 1)
            {
                // The numbering restarted or a piece is missing: followers that stood before it get a gap.
                StartOver(new(epoch, topicEvent.Offset - 1));
            }

            var isSampledOut = _kind.SamplingHintOf(topicEvent) is { } hint && !_sampler.Shows(topicEvent, hint);
            _ring.Add(topicEvent, _kind.AuthorOf(topicEvent), isSampledOut);
            _waitingSince ??= _time.GetTimestamp();
        }

        _flushes.Request();
    }

    public void OnReset(string topic, TopicPosition head)
    {
        lock (_lock)
        {
            if (head.Epoch == _ring.Epoch && head.Offset <= _ring.Last)
            {
                return;
            }

            StartOver(head);
        }

        _flushes.Request();
    }

    public void OnSignal(string topic, TopicSignal signal)
    {
        lock (_lock)
        {
            _signals.Post(signal);
        }

        _flushes.Request();
    }

    /// <summary>Everything after <paramref name="since"/> if the ring reaches that far back.</summary>
    public bool TryRead(TopicPosition since, out TopicPosition head, out IReadOnlyList<TopicEvent> events)
    {
        lock (_lock)
        {
            head = _ring.Head;
            var reaches = _ring.CanContinueFrom(since);
            events = reaches ? _ring.Slice(since.Offset, _ring.Last) : [];
            return reaches;
        }
    }

    /// <summary>Takes the follower in, or lets it begin again; nothing is sent to it until <see cref="GoLive"/> with the returned attempt.</summary>
    public int Join(Follower follower)
    {
        lock (_lock)
        {
            if (follower.Stage == FollowerStage.Left)
            {
                return -1;
            }

            if (_followers.Add(follower))
            {
                _audience = null;
            }

            follower.Stage = FollowerStage.Joining;
            _unanswered.Remove(follower);
            return ++follower.Attempt;
        }
    }

    /// <summary>The answer of that attempt leads up to <paramref name="position"/>.</summary>
    public void Place(Follower follower, int attempt, TopicPosition position)
    {
        lock (_lock)
        {
            if (follower.Attempt == attempt && follower.Stage == FollowerStage.Joining)
            {
                (follower.Epoch, follower.Sent) = (position.Epoch, position.Offset);
                follower.AnsweredAt = _time.GetTimestamp();
                _unanswered.Add(follower);
            }
        }
    }

    /// <summary>The answer of that attempt is being written: frames may follow it.</summary>
    public void GoLive(Follower follower, int attempt)
    {
        lock (_lock)
        {
            if (follower.Attempt != attempt || follower.Stage != FollowerStage.Joining)
            {
                return;
            }

            follower.Stage = FollowerStage.Live;
            _unanswered.Remove(follower);
            follower.SignalsSeen = _signals.Version;
        }

        follower.Connection.Writer.WakeElsewhere(follower);
    }

    /// <summary>Followers whose answer has waited to be written for longer than the limit.</summary>
    public Follower[] Unanswered()
    {
        lock (_lock)
        {
            return _unanswered.Count == 0
                ? []
                : [.. _unanswered.Where(follower => _time.GetElapsedTime(follower.AnsweredAt) > _options.AnswerTimeout)];
        }
    }

    public void Leave(Follower follower)
    {
        lock (_lock)
        {
            follower.Stage = FollowerStage.Left;
            _unanswered.Remove(follower);
            if (_followers.Remove(follower))
            {
                _audience = null;
            }
        }
    }

    /// <summary>The gap that ends delivery to a follower from where it stands on.</summary>
    public SerializedHubMessage Withheld(Follower follower)
    {
        lock (_lock)
        {
            var from = follower.Epoch == _ring.Epoch ? follower.Sent + 1 : 1;
            return TopicMessages.Gap(Name, _ring.Epoch, from, Math.Max(from, _ring.Last));
        }
    }

    /// <summary>What to send to the follower next, and whether more may follow it; null when it has everything that was released.</summary>
    public SerializedHubMessage? NextFor(Follower follower, out bool hasMore)
    {
        lock (_lock)
        {
            var next = NextFor(follower);
            hasMore = follower.Stage == FollowerStage.Live && (follower.Sent < _released || follower.SignalsSeen < _signals.Version);
            return next;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _flushes.Dispose();
        if (_subscription is not null)
        {
            await _subscription.DisposeAsync();
        }
    }

    private SerializedHubMessage? NextFor(Follower follower)
    {
        if (follower.Stage != FollowerStage.Live)
            return null;
        if (follower.Epoch != _ring.Epoch || follower.Sent < _ring.Before)
            return NextGap(follower);
        if (follower.Sent < _released)
            return NextFrame(follower);
        return follower.SignalsSeen < _signals.Version ? NextSignals(follower) : null;
    }

    /// <summary>Whether events that follow <paramref name="position"/> have left the ring already.</summary>
    private bool IsOutrun(TopicPosition position)
    {
        lock (_lock)
        {
            return position.Epoch != _ring.Epoch || position.Offset < _ring.Before;
        }
    }

    private FlushPace Pace() => FlushPace.For(_followers.Count, _options);

    private void StartOver(TopicPosition head)
    {
        _ring.Reset(head.Epoch, head.Offset);
        _released = _ring.Last;
        _frames.Clear();
    }

    private void Flush()
    {
        Follower[] audience;
        long? waitingSince;
        var began = _time.GetTimestamp();
        lock (_lock)
        {
            _released = _ring.Last;
            _signals.Release();
            _frames.Clear();
            _batches.Clear();
            audience = _audience ??= [.. _followers];
            (waitingSince, _waitingSince) = (_waitingSince, null);
        }

        var skipped = 0;
        foreach (var follower in audience)
        {
            if (!follower.Connection.Writer.Wake(follower))
                skipped++;
        }

        if (skipped == 0)
            ForgetCut();
        _metrics.Skipped(skipped);
        var took = _time.GetElapsedTime(began);
        _metrics.Flushed(took, isOverrun: took > FlushPace.For(audience.Length, _options).Interval);
        if (waitingSince is { } since)
            _metrics.Lagged(_time.GetElapsedTime(since));
    }

    /// <summary>Once every follower has a frame none asks for it again: kept until the next tick it would outlive the youngest generation for nothing.</summary>
    private void ForgetCut()
    {
        lock (_lock)
        {
            _frames.Clear();
            _batches.Clear();
        }
    }

    private SerializedHubMessage NextGap(Follower follower)
    {
        _metrics.Gapped();
        follower.Stage = FollowerStage.Gapped;
        var from = follower.Epoch == _ring.Epoch ? follower.Sent + 1 : 1;
        return TopicMessages.Gap(Name, _ring.Epoch, from, _ring.Last);
    }

    private SerializedHubMessage NextFrame(Follower follower)
    {
        if (!_frames.TryGetValue(follower.Sent, out var frame))
        {
            frame = Cut(follower.Sent, null);
            if (_frames.Count < MostCachedMessages)
            {
                _frames.Add(follower.Sent, frame);
            }
        }

        if (frame.SeeMore?.Contains(follower.UserId) == true || _ring.HidesFrom(follower, follower.Sent, frame.To))
        {
            frame = Cut(follower.Sent, follower);
        }

        follower.Sent = frame.To;
        return frame.Message;
    }

    private CutFrame Cut(long after, Follower? reader)
    {
        var to = _released;
        var shown = _ring.Sample(after, ref to, _options.FrameBytes, reader);
        _metrics.FrameBuilt(shown.Count, to - after);
        return new(to, TopicMessages.Frame(Name, _ring.Epoch, after, to, shown), _ring.AuthorsSampledOut(after, to));
    }

    private SerializedHubMessage NextSignals(Follower follower)
    {
        if (!_batches.TryGetValue(follower.SignalsSeen, out var batch))
        {
            batch = TopicMessages.Signal(Name, _signals.Since(follower.SignalsSeen));
            if (_batches.Count < MostCachedMessages)
            {
                _batches.Add(follower.SignalsSeen, batch);
            }
        }

        follower.SignalsSeen = _signals.Version;
        return batch;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A flush of {Topic} failed; followers it did not reach get the same events with the next one.")]
    private partial void LogFlushFailed(Exception exception, string topic);
}
