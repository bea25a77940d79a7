namespace MusicSocial.Sync;

/// <summary>
/// Where the music is: one straight line through hub time. A client that knows the line and the hub clock knows the position
/// at every instant, so a timeline is told when it changes and never in between. Paused is rate 0.
/// </summary>
/// <param name="TrackId">What plays; null when nothing is loaded.</param>
/// <param name="ItemId">The queue item that plays, so that a track queued twice is told apart.</param>
/// <param name="Anchor">The position at <paramref name="AnchoredAt"/>, between zero and <paramref name="Duration"/>.</param>
/// <param name="AnchoredAt">When the line starts; may lie slightly ahead, so that all clients start together.</param>
/// <param name="Rate">Track seconds per second: 0 paused, 1 as recorded. Finite and never negative.</param>
/// <param name="Duration">Length of the track; the position never leaves it.</param>
public sealed record Timeline(string? TrackId, string? ItemId, TimeSpan Anchor, HubTime AnchoredAt, double Rate, TimeSpan Duration)
{
    /// <summary>Nothing loaded.</summary>
    public static Timeline Empty { get; } = new(null, null, TimeSpan.Zero, default, 0, TimeSpan.Zero);

    /// <summary>Whether the position moves (or will, once the anchor is reached).</summary>
    public bool IsPlaying => Rate > 0;

    /// <summary>When the track ends if no command interferes; null while paused.</summary>
    public HubTime? EndsAt => IsPlaying
        ? new HubTime(AnchoredAt.Ticks + (long)Math.Ceiling((Duration - Anchor).Ticks / Rate))
        : null;

    /// <summary>The position at an instant. Before the anchor it waits there; after the end it stays at the end.</summary>
    public TimeSpan PositionAt(HubTime now)
    {
        if (now <= AnchoredAt)
        {
            return Anchor;
        }

        var position = Anchor + ((now - AnchoredAt) * Rate);
        return position < TimeSpan.Zero ? TimeSpan.Zero : position > Duration ? Duration : position;
    }

    /// <summary>The same track standing still where it is at <paramref name="now"/>.</summary>
    public Timeline PausedAt(HubTime now) => this with { Anchor = PositionAt(now), AnchoredAt = now, Rate = 0 };

    /// <summary>The same track playing as recorded, from <paramref name="position"/> at <paramref name="start"/> on.</summary>
    public Timeline PlayingFrom(TimeSpan position, HubTime start) => this with { Anchor = position, AnchoredAt = start, Rate = 1 };
}
