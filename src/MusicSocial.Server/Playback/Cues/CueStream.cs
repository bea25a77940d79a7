using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Topics;
using MusicSocial.Sync;

namespace MusicSocial.Server.Playback.Cues;

/// <summary>The cues of one topic on this node: its followers, and how far its cues have been sent. Thread-safe; what followers get is in order.</summary>
internal sealed partial class CueStream(string topic, ITopicSubscriptions topics, IHubClock clock, ILogger logger)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _viewerByConnection = [];
    private Timeline? _timeline;

    /// <summary>Null while the sheet of the timeline's track is being read, and when it has none.</summary>
    private CueCursor? _cursor;
    private bool _isClosed;

    public string Topic => topic;

    /// <summary>When the scheduler wakes for this stream; null when it does not. Belongs to the scheduler, which guards it.</summary>
    public HubTime? ScheduledAt { get; set; }

    /// <summary>The track that plays; null until the timeline is known, and when nothing plays.</summary>
    public string? TrackId
    {
        get
        {
            lock (_lock)
                return _timeline?.TrackId;
        }
    }

    /// <summary>When the next cue must be sent; null when none comes.</summary>
    public HubTime? NextAt
    {
        get
        {
            lock (_lock)
                return _isClosed ? null : _cursor?.NextAt;
        }
    }

    /// <summary>Viewer by connection.</summary>
    public IReadOnlyDictionary<string, string> Followers
    {
        get
        {
            lock (_lock)
                return new Dictionary<string, string>(_viewerByConnection);
        }
    }

    /// <summary>Adds a follower and shows it the present lines; false when the stream is closed because its last follower left.</summary>
    public bool TryAdd(string connectionId, string viewerId)
    {
        lock (_lock)
        {
            if (_isClosed)
                return false;
            _viewerByConnection[connectionId] = viewerId;
            if (_cursor is not null)
                Send(_cursor.Shown(clock.Now), [connectionId]);
            return true;
        }
    }

    /// <summary>Removes a follower; true when none is left, and the stream is closed.</summary>
    public bool Remove(string connectionId)
    {
        lock (_lock)
        {
            _viewerByConnection.Remove(connectionId);
            return _isClosed = _viewerByConnection.Count == 0;
        }
    }

    /// <summary>As <see cref="Retime"/>, unless a timeline is known: it is newer than one that was read.</summary>
    public string? Begin(Timeline timeline, HubTime now)
    {
        lock (_lock)
            return _timeline is null ? Retime(timeline, now) : null;
    }

    /// <summary>The music follows this timeline from now on. When it plays another track than before, the track whose script is needed.</summary>
    public string? Retime(Timeline timeline, HubTime now)
    {
        lock (_lock)
        {
            var before = _timeline;
            if (before == timeline)
                return null;
            _timeline = timeline;
            if (before?.TrackId != timeline.TrackId)
            {
                _cursor = null;
                return timeline.TrackId;
            }

            if (_cursor is not null)
            {
                (_cursor, var isJump) = _cursor.Retime(timeline, now);
                if (isJump)
                    Send(_cursor.Shown(now), _viewerByConnection.Keys);
            }

            return null;
        }
    }

    /// <summary>Sends the cues of this script, beginning with what is shown now; null has none. Ignored when another track plays meanwhile.</summary>
    public void SetScript(string trackId, CueScript? script)
    {
        lock (_lock)
        {
            if (_timeline is null || _timeline.TrackId != trackId || (script is not null && _cursor?.Script == script))
                return;
            var now = clock.Now;
            _cursor = script is null ? null : CueCursor.At(script, _timeline, now);
            Send(_cursor?.Shown(now) ?? [], _viewerByConnection.Keys);
        }
    }

    /// <summary>Sends what is due until this moment and was not sent before.</summary>
    public void SendDue(HubTime until)
    {
        lock (_lock)
        {
            if (_cursor is null)
                return;
            (var cues, _cursor) = _cursor.Advance(until);
            Send(cues, _viewerByConnection.Keys);
        }
    }

    // A cue that cannot be sent must end neither the timer nor the report that moved the timeline.
    private void Send(IReadOnlyCollection<Cue> cues, IReadOnlyCollection<string> connectionIds)
    {
        foreach (var cue in cues)
        {
            try
            {
                topics.SignalLocal(topic, "cue", cue, connectionIds);
            }
            catch (Exception exception)
            {
                LogNotSent(exception, cue.Line, cue.TrackId, topic);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The cue of line {Line} of track {TrackId} could not be sent on {Topic}; its followers miss it.")]
    private partial void LogNotSent(Exception exception, int line, string trackId, string topic);
}
