namespace MusicSocial.Realtime.Topics;

/// <summary>
/// Decides which events of a topic everybody sees. It goes by the events' own stamps in the order of their offsets, so that all nodes and all followers,
/// early or late, see the same sample: a leaky bucket of what people can read. Not thread-safe.
/// </summary>
internal sealed class EventSampler(int perSecond, int burst)
{
    private readonly double _intervalMs = 1_000.0 / perSecond;
    private double _nextAtMs;

    /// <summary>Whether the next event of a voice is shown.</summary>
    public bool Shows(TopicEvent topicEvent, SamplingHint voice)
    {
        var nextAtMs = Math.Max(_nextAtMs, topicEvent.AtMs);
        var conforms = nextAtMs - topicEvent.AtMs <= _intervalMs * (burst - 1);
        if (conforms || voice.IsAlwaysShown)
            _nextAtMs = nextAtMs + _intervalMs;
        return conforms || voice.IsAlwaysShown;
    }
}
