namespace MusicSocial.Sync;

/// <summary>A <see cref="Timeline"/> in the record of the wire, and back.</summary>
public static class TimelineViews
{
    extension(TimelineView view)
    {
        /// <summary>The same line in wire units.</summary>
        public static TimelineView From(Timeline timeline) => new(
            timeline.TrackId, timeline.ItemId, timeline.Anchor.TotalMilliseconds, timeline.AnchoredAt.Ms, timeline.Rate,
            timeline.Duration.TotalMilliseconds);

        /// <summary>The same line in units of its own.</summary>
        public Timeline ToTimeline() => new(
            view.TrackId, view.ItemId, TimeSpan.FromMilliseconds(view.AnchorMs), HubTime.FromMs(view.AnchoredAtMs), view.Rate,
            TimeSpan.FromMilliseconds(view.DurationMs));

        /// <summary>The position in the track at an instant of hub time.</summary>
        public TimeSpan PositionAt(HubTime now) => view.ToTimeline().PositionAt(now);
    }
}
