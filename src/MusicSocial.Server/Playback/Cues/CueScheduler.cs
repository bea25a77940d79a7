using System.Runtime.CompilerServices;
using MusicSocial.Realtime.Background;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Server.Lyrics;
using MusicSocial.Sync;

namespace MusicSocial.Server.Playback.Cues;

/// <summary>
/// Sends lyric cues when they are due: one timer for all timelines of this node, set to the cue that is due next. Costs nothing for topics whose cues
/// are not followed.
/// </summary>
internal sealed partial class CueScheduler : IPlaybackObserver, IAsyncDisposable
{
    /// <summary>The hub's clock may step: what is due then is noticed after this time at the latest.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(1);

    /// <summary>With thousands of timelines, waking costs far more than sending: cues that are due close together share a wake.</summary>
    private static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(10);

    /// <summary>What falls due within this time is sent with a wake: half a sleep, and what wakes are late by.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMilliseconds(6);

    private readonly Lock _lock = new();
    private readonly PriorityQueue<CueStream, HubTime> _scheduled = new();

    // Rooms that play the same song share its script.
    private readonly ConditionalWeakTable<TrackLyrics, CueScript> _scripts = [];
    private readonly KeyedWorkQueue _reads;
    private readonly CueSheets _sheets;
    private readonly CueSubscriptions _subscriptions;
    private readonly IHubClock _clock;
    private readonly ILogger _logger;
    private readonly ITimer _timer;

    /// <summary>When the timer wakes; zero while it is at work, and wakes again in any case.</summary>
    private HubTime _wakesAt = Never;

    public CueScheduler(
        CueSheets sheets, CueSubscriptions subscriptions, CacheInvalidationBus bell, IHubClock clock, TimeProvider time, ILogger<CueScheduler> logger)
    {
        (_sheets, _subscriptions, _clock, _logger) = (sheets, subscriptions, clock, logger);
        _reads = new("reading lyrics for cues", parallelism: 4, logger);
        _timer = time.CreateTimer(_ => SendDue(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        bell.Subscribe(LyricNews.Subject, OnLyricsChanged);
    }

    private static HubTime Never => new(long.MaxValue);

    public void Observe(string userId, ActivePlayback? playback, bool isShareable, HubTime now) =>
        Retime(TopicNames.User(userId), (isShareable ? playback?.Timeline : null) ?? Timeline.Empty, now);

    /// <summary>The topic's music follows this timeline from now on.</summary>
    public void Retime(string topic, Timeline timeline) => Retime(topic, timeline, _clock.Now);

    /// <summary>The topic's music followed this timeline when it was read; ignored when the scheduler knows a newer one.</summary>
    public void Begin(string topic, Timeline timeline)
    {
        if (_subscriptions.Find(topic) is { } stream)
            Continue(stream, stream.Begin(timeline, _clock.Now));
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await _reads.DisposeAsync();
    }

    private void Retime(string topic, Timeline timeline, HubTime now)
    {
        if (_subscriptions.Find(topic) is { } stream)
            Continue(stream, stream.Retime(timeline, now));
    }

    private void Continue(CueStream stream, string? newTrackId)
    {
        Schedule(stream);
        if (newTrackId is not null)
            Read(stream, newTrackId);
    }

    // Of the tracks a topic asked for, only the last one still matters.
    private void Read(CueStream stream, string trackId) =>
        _reads.EnqueueLatest(
            stream.Topic,
            async cancellationToken =>
            {
                var lyrics = await _sheets.FindAsync(trackId, cancellationToken);
                stream.SetScript(trackId, lyrics is { Sheet.Synced: true } ? ScriptOf(lyrics) : null);
                Schedule(stream);
            });

    /// <summary>Displays in the middle of this track continue with the new sheet; null when it may be any track.</summary>
    private void OnLyricsChanged(string? changed)
    {
        foreach (var stream in _subscriptions.Topics.Select(_subscriptions.Find).OfType<CueStream>())
        {
            if (stream.TrackId is { } trackId && (changed ?? trackId) == trackId)
                Read(stream, trackId);
        }
    }

    private CueScript ScriptOf(TrackLyrics lyrics) =>
        _scripts.GetValue(lyrics, static lyrics => new CueScript(lyrics.TrackId, lyrics.Sheet, lyrics.Duration));

    private void SendDue()
    {
        try
        {
            var (until, due) = TakeDue();
            foreach (var stream in due)
            {
                stream.SendDue(until);
                Schedule(stream);
            }
        }
        catch (Exception exception)
        {
            // On a timer's thread it would end the process.
            LogFailed(exception);
        }
        finally
        {
            lock (_lock)
                SetTimer(ShortestSleep);
        }
    }

    private (HubTime Until, List<CueStream> Due) TakeDue()
    {
        var due = new List<CueStream>();
        var until = _clock.Now + Early;
        lock (_lock)
        {
            _wakesAt = default;
            while (_scheduled.TryPeek(out var stream, out var at) && at <= until)
            {
                _scheduled.Dequeue();
                // Else it was scheduled for another time since.
                if (stream.ScheduledAt != at)
                    continue;
                stream.ScheduledAt = null;
                due.Add(stream);
            }
        }

        return (until, due);
    }

    // To be called after every change of the stream. The stream is asked outside of the lock, and again until the answer stays the same: of
    // two threads that changed it the last to come here schedules what is true.
    private void Schedule(CueStream stream)
    {
        HubTime? next;
        do
        {
            next = stream.NextAt;
            lock (_lock)
            {
                if (stream.ScheduledAt == next)
                    continue;
                stream.ScheduledAt = next;
                if (next is null)
                    continue;
                _scheduled.Enqueue(stream, next.Value);
                if (next < _wakesAt)
                    SetTimer(TimeSpan.Zero);
            }
        }
        while (stream.NextAt != next);
    }

    /// <summary>Wakes when the next cue is due, if there is one, but not before <paramref name="shortest"/>.</summary>
    private void SetTimer(TimeSpan shortest)
    {
        if (!_scheduled.TryPeek(out _, out var next))
        {
            _wakesAt = Never;
            return;
        }

        var now = _clock.Now;
        var sleep = TimeSpan.FromTicks(Math.Clamp((next - now).Ticks, shortest.Ticks, LongestSleep.Ticks));
        _wakesAt = now + sleep;
        _timer.Change(sleep, Timeout.InfiniteTimeSpan);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending lyric cues failed; cues that were due at this moment may be missing on displays.")]
    private partial void LogFailed(Exception exception);
}
