using MusicSocial.Sync;

namespace MusicSocial.Server.Playback;

/// <summary>What one device of one person does, as far as its sightings tell.</summary>
/// <param name="Latest">The newest sighting, its timeline re-anchored only when it really moved.</param>
/// <param name="StartedAt">When it last began to play, or to play another track.</param>
internal sealed record DevicePlayback(Sighting Latest, HubTime StartedAt)
{
    public string DeviceId => Latest.DeviceId;

    public bool IsRoom => Latest.Source == PlaybackSource.Room;

    /// <summary>The device after one more sighting, which must not be older than the latest.</summary>
    public static DevicePlayback After(DevicePlayback? before, Sighting sighting)
    {
        if (before is null || !Continues(before.Latest, sighting))
            return new DevicePlayback(sighting, sighting.At);
        var timeline = IsNoise(before.Latest, sighting) ? before.Latest.Timeline : sighting.Timeline;
        return new DevicePlayback(sighting with { Timeline = timeline }, before.StartedAt);
    }

    /// <summary>What it does at <paramref name="now"/>: a device that fell silent, or whose track ended, has stopped.</summary>
    public PlaybackState StateAt(HubTime now)
    {
        if (Latest.State == PlaybackState.Stopped || IsGoneAt(now))
            return PlaybackState.Stopped;
        return Latest.Timeline.EndsAt is { } end && now - end > PlaybackRules.EndGrace ? PlaybackState.Stopped : Latest.State;
    }

    /// <summary>Whether it claims to play but has been silent for too long. Rooms speak only when something changes.</summary>
    public bool IsStaleAt(HubTime now) =>
        !IsRoom && Latest.State == PlaybackState.Playing && now - Latest.At > PlaybackRules.StaleAfter;

    public bool IsGoneAt(HubTime now) => !IsRoom && now - Latest.At > PlaybackRules.GoneAfter;

    /// <summary>Whether <paramref name="after"/> is the same doing on the same line, and this was heard of so lately that it need not be kept instead.</summary>
    public bool IsConfirmedBy(DevicePlayback after) =>
        Latest.State == after.Latest.State
        && Latest.Source == after.Latest.Source
        && Latest.Track == after.Latest.Track
        && Latest.RoomId == after.Latest.RoomId
        && StartedAt == after.StartedAt
        && IsSameLine(Latest.Timeline, after.Latest.Timeline, after.Latest.At)
        && after.Latest.At - Latest.At < PlaybackRules.ConfirmAfter;

    private static bool IsSameLine(Timeline before, Timeline after, HubTime at) =>
        before.Rate == after.Rate
        && before.ItemId == after.ItemId
        && before.Duration == after.Duration
        && (before.PositionAt(at) - after.PositionAt(at)).Duration() <= PlaybackRules.Drift;

    private static bool Continues(Sighting before, Sighting after) =>
        before.State == after.State && before.Track?.Key == after.Track?.Key && after.At - before.At <= PlaybackRules.GoneAfter;

    // A report without its own time is late by an unknown delay: believing each would make the line tremble.
    private static bool IsNoise(Sighting before, Sighting after) =>
        !after.IsExact
        && before.Timeline.Rate == after.Timeline.Rate
        && before.Timeline.Duration == after.Timeline.Duration
        && (before.Timeline.PositionAt(after.At) - after.Timeline.Anchor).Duration() <= PlaybackRules.JumpTolerance;
}
