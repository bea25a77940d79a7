using MusicSocial.Sync;

namespace MusicSocial.Server.Playback;

/// <summary>One thing the tracker was told about one device of one person, checked and resolved.</summary>
/// <param name="DeviceId">Unique per person.</param>
/// <param name="Source">How it is known.</param>
/// <param name="Track">Null exactly when stopped.</param>
/// <param name="State">What the device did.</param>
/// <param name="Timeline">Where the track was at <paramref name="At"/>; <see cref="Sync.Timeline.Empty"/> when stopped.</param>
/// <param name="At">When this was so. Orders the sightings of a device, in whatever order they come.</param>
/// <param name="IsExact">False when <paramref name="At"/> is only when the report came in, so that its position may be late by the network's delay.</param>
/// <param name="RoomId">The room that plays, when one does.</param>
internal sealed record Sighting(
    string DeviceId, PlaybackSource Source, HeardTrack? Track, PlaybackState State, Timeline Timeline, HubTime At, bool IsExact, string? RoomId)
    : IComparable<Sighting>
{
    /// <summary>By time; equal times by content, so that the order never depends on the order of arrival.</summary>
    public int CompareTo(Sighting? other)
    {
        if (other is null)
            return 1;
        var byTime = At.CompareTo(other.At);
        if (byTime != 0)
            return byTime;
        // Of what was said at one moment, the quieter was said last: a stop is never overlooked.
        var byState = other.State.CompareTo(State);
        if (byState != 0)
            return byState;
        var byPosition = Timeline.Anchor.CompareTo(other.Timeline.Anchor);
        return byPosition != 0 ? byPosition : string.CompareOrdinal(Track?.Key, other.Track?.Key);
    }
}
