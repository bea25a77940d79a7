using MusicSocial.Realtime.RateLimiting;

namespace MusicSocial.Realtime.Topics;

/// <summary>Marks an event that may be left out of a sample, though never of its author's.</summary>
/// <param name="IsAlwaysShown">Whether every follower gets it all the same, as what a host says.</param>
public readonly record struct SamplingHint(bool IsAlwaysShown = false);

/// <summary>
/// Decides which events of a topic all followers see. It goes by the events' own stamps in the order of their offsets, so that all nodes and all followers,
/// early or late, see the same sample: a leaky bucket of what people can read. Not thread-safe.
/// </summary>
internal sealed class EventSampler(int perSecond, int burst)
{
    private LeakyBucket _readable;

    /// <summary>Whether the next event that carries a hint is shown to all.</summary>
    public bool Shows(TopicEvent topicEvent, SamplingHint hint)
    {
        var now = HubTime.FromMs(topicEvent.AtMs).Ticks;
        var isShown = _readable.TryTake(1, perSecond, burst, now, TimeSpan.TicksPerSecond, out _);
        if (!isShown && hint.IsAlwaysShown)
            _readable.Take(1, perSecond, now, TimeSpan.TicksPerSecond);
        return isShown || hint.IsAlwaysShown;
    }
}
