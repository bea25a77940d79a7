using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MusicSocial.Sync;

namespace MusicSocial.Server.Playback;

/// <summary>What one device of one person did at a moment, checked and with its track found.</summary>
/// <param name="DeviceId">Unique per person.</param>
/// <param name="Source">How it is known.</param>
/// <param name="Track">Null exactly when stopped.</param>
/// <param name="State">What the device did.</param>
/// <param name="Timeline">Where the track was at <paramref name="At"/>; <see cref="Sync.Timeline.Empty"/> when stopped.</param>
/// <param name="At">When this was so. Orders the observations of a device, in whatever order they arrive.</param>
/// <param name="IsExact">False when <paramref name="At"/> is only when the report came in, so that its position may be late by the network's delay.</param>
/// <param name="RoomId">The room that plays, when one does.</param>
internal sealed record PlaybackObservation(
    string DeviceId, PlaybackSource Source, PlayingTrack? Track, PlaybackState State, Timeline Timeline, HubTime At, bool IsExact, string? RoomId)
    : IComparable<PlaybackObservation>
{
    /// <summary>By time; equal times by content, so that the order never depends on the order of arrival.</summary>
    public int CompareTo(PlaybackObservation? other)
    {
        if (other is null)
            return 1;
        var byTime = At.CompareTo(other.At);
        if (byTime != 0)
            return byTime;
        // Of two observations of one moment, the one that plays less counts as the later: a stop is never overlooked.
        var byState = other.State.CompareTo(State);
        if (byState != 0)
            return byState;
        var byPosition = Timeline.Anchor.CompareTo(other.Timeline.Anchor);
        return byPosition != 0 ? byPosition : string.CompareOrdinal(Track?.Key, other.Track?.Key);
    }
}

/// <summary>What one device of one person does, by its observations.</summary>
/// <param name="Latest">The newest observation, its timeline re-anchored only when it really moved.</param>
/// <param name="StartedAt">When it last began to play, or to play another track.</param>
internal sealed record DevicePlayback(PlaybackObservation Latest, HubTime StartedAt)
{
    public string DeviceId => Latest.DeviceId;

    public bool IsRoom => Latest.Source == PlaybackSource.Room;

    /// <summary>The device after one more observation, which must not be older than the latest.</summary>
    public static DevicePlayback After(DevicePlayback? before, PlaybackObservation observation)
    {
        if (before is null || !Continues(before.Latest, observation))
            return new DevicePlayback(observation, observation.At);
        var timeline = IsNoise(before.Latest, observation) ? before.Latest.Timeline : observation.Timeline;
        return new DevicePlayback(observation with { Timeline = timeline }, before.StartedAt);
    }

    /// <summary>What it does at <paramref name="now"/>: a device that fell silent, or whose track ended, has stopped.</summary>
    public PlaybackState StateAt(HubTime now)
    {
        if (Latest.State == PlaybackState.Stopped || IsGoneAt(now))
            return PlaybackState.Stopped;
        return Latest.Timeline.EndsAt is { } end && now - end > PlaybackRules.EndGrace ? PlaybackState.Stopped : Latest.State;
    }

    /// <summary>Whether it claims to play but has been silent for too long. Rooms are observed only when something changes.</summary>
    public bool IsStaleAt(HubTime now) =>
        !IsRoom && Latest.State == PlaybackState.Playing && now - Latest.At > PlaybackRules.StaleAfter;

    public bool IsGoneAt(HubTime now) => !IsRoom && now - Latest.At > PlaybackRules.GoneAfter;

    /// <summary>Whether <paramref name="after"/> is the same playback on the same timeline, and this was observed so recently that the later one need not be kept.</summary>
    public bool IsConfirmedBy(DevicePlayback after) =>
        Latest.State == after.Latest.State
        && Latest.Source == after.Latest.Source
        && Latest.Track == after.Latest.Track
        && Latest.RoomId == after.Latest.RoomId
        && StartedAt == after.StartedAt
        && IsSameTimeline(Latest.Timeline, after.Latest.Timeline, after.Latest.At)
        && after.Latest.At - Latest.At < PlaybackRules.ConfirmAfter;

    private static bool IsSameTimeline(Timeline before, Timeline after, HubTime at) =>
        before.Rate == after.Rate
        && before.ItemId == after.ItemId
        && before.Duration == after.Duration
        && (before.PositionAt(at) - after.PositionAt(at)).Duration() <= PlaybackRules.Drift;

    private static bool Continues(PlaybackObservation before, PlaybackObservation after) =>
        before.State == after.State && before.Track?.Key == after.Track?.Key && after.At - before.At <= PlaybackRules.GoneAfter;

    // A report without its own time is late by an unknown delay: believing each would make the position jitter.
    private static bool IsNoise(PlaybackObservation before, PlaybackObservation after) =>
        !after.IsExact
        && before.Timeline.Rate == after.Timeline.Rate
        && before.Timeline.Duration == after.Timeline.Duration
        && (before.Timeline.PositionAt(after.At) - after.Timeline.Anchor).Duration() <= PlaybackRules.JumpTolerance;
}

/// <summary>
/// The recent observations of one device in the order in which they were true, whatever the order in which they came: the same
/// observations in any order, once or many times, make the same history.
/// </summary>
internal sealed record DeviceHistory
{
    /// <summary>The device after the observations that are folded in for good; one that arrives late, from before them, is ignored.</summary>
    [JsonPropertyName("settled")]
    public DevicePlayback? Folded { get; init; }

    public ImmutableArray<PlaybackObservation> Recent { get; init; } = [];

    /// <summary>The device after all observations.</summary>
    public required DevicePlayback Device { get; init; }

    public static DeviceHistory Begin(PlaybackObservation observation) => new() { Recent = [observation], Device = DevicePlayback.After(null, observation) };

    /// <summary>The history with one more observation in its place; the same object when it says nothing new.</summary>
    public DeviceHistory With(PlaybackObservation observation)
    {
        if (Folded is not null && observation.CompareTo(Folded.Latest) <= 0)
            return this;
        var index = Recent.BinarySearch(observation);
        return index >= 0 ? this : Fold(Folded, Recent.Insert(~index, observation));
    }

    private static DeviceHistory Fold(DevicePlayback? folded, ImmutableArray<PlaybackObservation> recent)
    {
        var horizon = recent[^1].At - PlaybackRules.ReorderWindow;
        var folding = 0;
        while (recent.Length - folding > PlaybackRules.ReorderDepth || recent[folding].At < horizon)
            folded = DevicePlayback.After(folded, recent[folding++]);
        recent = recent.RemoveRange(0, folding);
        var device = recent.Aggregate(folded, DevicePlayback.After);
        return new DeviceHistory { Folded = folded, Recent = recent, Device = device! };
    }
}
