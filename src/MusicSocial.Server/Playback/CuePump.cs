using System.Runtime.CompilerServices;
using System.Threading.Channels;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Nodes;
using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Lyrics;
using MusicSocial.Sync;

namespace MusicSocial.Server.Playback;

/// <summary>
/// Sends lyric cues to the connections of this node that asked for them: one timer for all timelines, set to the cue that is
/// due next. Costs nothing where nobody asked.
/// </summary>
internal sealed partial class CuePump(
    CueSheets sheets, ITopics topics, NodeBell bell, IHubClock clock, TimeProvider time, ILogger<CuePump> logger) : BackgroundService, IPlaybackWatcher
{
    /// <summary>The hub's clock may step: what is due then is noticed after this long.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(1);

    /// <summary>With thousands of timelines waking costs far more than sending, so that cues share wakes.</summary>
    private static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(10);

    /// <summary>What falls due within this time goes with a wake: half a sleep, and what wakes are late by.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMilliseconds(6);

    private readonly Lock _lock = new();
    private readonly CueStages _stages = new();

    // Rooms that play the same song share its script.
    private readonly ConditionalWeakTable<TrackLyrics, CueScript> _scripts = [];
    private readonly PriorityQueue<(string Topic, int Version), HubTime> _appointments = new();
    private readonly Channel<(string Topic, string TrackId)> _wanted = Channel.CreateUnbounded<(string, string)>();
    private CueAlarm? _alarm;
    private HubTime _wakesAt;

    /// <summary>The topics whose cues somebody follows.</summary>
    public IReadOnlyCollection<string> Topics
    {
        get
        {
            lock (_lock)
                return [.. _stages.Topics];
        }
    }

    public void Heard(string userId, NowHeard? heard, HubTime now)
    {
        lock (_lock)
            Retime(UserTopic.TopicOf(userId), heard?.Timeline ?? Timeline.Empty, now);
    }

    /// <summary>The topic's music runs along this line from now on.</summary>
    public void Retime(string topic, Timeline timeline)
    {
        lock (_lock)
            Retime(topic, timeline, clock.Now);
    }

    /// <summary>
    /// Sends cues of the topic to this connection too, beginning with what is shown now, until it is aborted; false when it
    /// gets them already. Refuses <c>topic.too_many</c>.
    /// </summary>
    public bool TryFollow(string topic, string connectionId, string userId, CancellationToken connectionAborted)
    {
        bool isNew;
        lock (_lock)
        {
            isNew = !_stages.Knows(connectionId);
            if (_stages.Join(topic, connectionId, userId) is not { } stage)
                return false;
            if (stage.Cursor is { } cursor)
                Send(topic, cursor.Shown(clock.Now), [connectionId]);
        }

        if (isNew)
            connectionAborted.Register(() => Forget(connectionId));
        return true;
    }

    /// <summary>Tells the pump a timeline that was read, unless it has heard of a newer one meanwhile.</summary>
    public void Begin(string topic, Timeline timeline)
    {
        lock (_lock)
        {
            if (_stages.Find(topic) is { Timeline: null })
                Retime(topic, timeline, clock.Now);
        }
    }

    public void Unfollow(string topic, string connectionId)
    {
        lock (_lock)
            _stages.Leave(topic, connectionId);
    }

    /// <summary>Whether somebody follows the topic's cues.</summary>
    public bool IsFollowed(string topic)
    {
        lock (_lock)
            return _stages.Find(topic) is not null;
    }

    /// <summary>Viewer by connection.</summary>
    public IReadOnlyDictionary<string, string> FollowersOf(string topic)
    {
        lock (_lock)
            return _stages.Find(topic) is { } stage ? new Dictionary<string, string>(stage.Followers) : [];
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        bell.Answer(LyricNews.Subject, LyricsChanged);
        using var alarm = new CueAlarm(time, SendDue);
        lock (_lock)
        {
            _alarm = alarm;
            Sleep(TimeSpan.Zero);
        }

        await FetchAsync(stoppingToken);
    }

    /// <summary>Displays in the middle of this track go on with the new sheet; null when it may be any track.</summary>
    private void LyricsChanged(string? changed)
    {
        lock (_lock)
        {
            foreach (var topic in _stages.Topics)
            {
                if (_stages.Find(topic)?.Timeline?.TrackId is { } trackId && (changed ?? trackId) == trackId)
                    _wanted.Writer.TryWrite((topic, trackId));
            }
        }
    }

    private void Forget(string connectionId)
    {
        lock (_lock)
            _stages.Forget(connectionId);
    }

    private void Retime(string topic, Timeline timeline, HubTime now)
    {
        if (_stages.Find(topic) is not { } stage || stage.Timeline == timeline)
            return;
        var isSameTrack = stage.Timeline?.TrackId == timeline.TrackId;
        stage.Timeline = timeline;
        if (isSameTrack && stage.Cursor is { } cursor)
        {
            (stage.Cursor, var isJump) = cursor.Retime(timeline, now);
            if (isJump)
                Send(topic, stage.Cursor.Shown(now), stage.Followers.Keys);
            Appoint(topic, stage);
        }
        else if (!isSameTrack)
        {
            stage.Cursor = null;
            stage.Version++;
            if (timeline.TrackId is { } trackId)
                _wanted.Writer.TryWrite((topic, trackId));
        }
    }

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        await foreach (var (topic, trackId) in _wanted.Reader.ReadAllAsync(cancellationToken))
        {
            try
            {
                var lyrics = await sheets.FindAsync(trackId, cancellationToken);
                Fetched(topic, trackId, lyrics is { Sheet.Synced: true } ? ScriptOf(lyrics) : null);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                LogNotFetched(exception, trackId);
            }
        }
    }

    private CueScript ScriptOf(TrackLyrics lyrics) =>
        _scripts.GetValue(lyrics, static sung => new CueScript(sung.TrackId, sung.Sheet, sung.Duration));

    private void Fetched(string topic, string trackId, CueScript? script)
    {
        lock (_lock)
        {
            if (_stages.Find(topic) is not { Timeline: { } timeline } stage || timeline.TrackId != trackId)
                return;
            if (script is not null && stage.Cursor?.Script == script)
                return;
            var now = clock.Now;
            stage.Cursor = script is null ? null : CueCursor.At(script, timeline, now);
            Send(topic, stage.Cursor?.Shown(now) ?? [], stage.Followers.Keys);
            Appoint(topic, stage);
        }
    }

    private void SendDue()
    {
        lock (_lock)
        {
            // Nothing that is appointed meanwhile needs another wake.
            _wakesAt = default;
            var until = clock.Now + Early;
            while (_appointments.TryPeek(out var appointment, out var at) && at <= until)
            {
                _appointments.Dequeue();
                if (_stages.Find(appointment.Topic) is { Cursor: { } cursor } stage && stage.Version == appointment.Version)
                    SendDue(appointment.Topic, stage, cursor, until);
            }

            Sleep(ShortestSleep);
        }
    }

    private void SendDue(string topic, CueStage stage, CueCursor cursor, HubTime until)
    {
        (var cues, stage.Cursor) = cursor.Advance(until);
        Appoint(topic, stage);
        try
        {
            Send(topic, cues, stage.Followers.Keys);
        }
        catch (Exception exception)
        {
            LogNotSent(exception, topic);
        }
    }

    /// <summary>Has the alarm ring when the next cue is due, if there is one, but not before <paramref name="shortest"/>.</summary>
    private void Sleep(TimeSpan shortest)
    {
        if (!_appointments.TryPeek(out _, out var next))
        {
            _wakesAt = new HubTime(long.MaxValue);
            return;
        }

        var now = clock.Now;
        var sleep = TimeSpan.FromTicks(Math.Clamp((next - now).Ticks, shortest.Ticks, LongestSleep.Ticks));
        _wakesAt = now + sleep;
        _alarm?.Set(sleep);
    }

    private void Appoint(string topic, CueStage stage)
    {
        stage.Version++;
        if (stage.Cursor?.NextAt is not { } next)
            return;
        _appointments.Enqueue((topic, stage.Version), next);
        if (next < _wakesAt)
            Sleep(TimeSpan.Zero);
    }

    private void Send(string topic, IReadOnlyCollection<Cue> cues, IReadOnlyCollection<string> connectionIds)
    {
        foreach (var cue in cues)
            topics.SignalLocal(topic, "cue", cue, connectionIds);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Cues of {Topic} could not be sent.")]
    private partial void LogNotSent(Exception exception, string topic);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The cue sheet of {TrackId} could not be fetched; no cues for it.")]
    private partial void LogNotFetched(Exception exception, string trackId);
}
