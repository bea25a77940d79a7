using System.Collections.Immutable;

namespace MusicSocial.Server.Playback;

/// <summary>
/// The recent sightings of one device in the order in which they were true, whatever the order in which they came: the same
/// sightings in any order, once or many times, make the same history.
/// </summary>
internal sealed record DeviceHistory
{
    /// <summary>What the sightings that are settled amount to; a late one from before them is ignored.</summary>
    public DevicePlayback? Settled { get; init; }

    public ImmutableArray<Sighting> Recent { get; init; } = [];

    /// <summary>What it all amounts to.</summary>
    public required DevicePlayback Device { get; init; }

    public static DeviceHistory Begin(Sighting sighting) => new() { Recent = [sighting], Device = DevicePlayback.After(null, sighting) };

    /// <summary>The history with one more sighting in its place; the same object when it says nothing new.</summary>
    public DeviceHistory With(Sighting sighting)
    {
        if (Settled is not null && sighting.CompareTo(Settled.Latest) <= 0)
            return this;
        var index = Recent.BinarySearch(sighting);
        return index >= 0 ? this : Fold(Settled, Recent.Insert(~index, sighting));
    }

    private static DeviceHistory Fold(DevicePlayback? settled, ImmutableArray<Sighting> recent)
    {
        var horizon = recent[^1].At - PlaybackRules.ReorderWindow;
        var settling = 0;
        while (recent.Length - settling > PlaybackRules.ReorderDepth || recent[settling].At < horizon)
            settled = DevicePlayback.After(settled, recent[settling++]);
        recent = recent.RemoveRange(0, settling);
        var device = recent.Aggregate(settled, DevicePlayback.After);
        return new DeviceHistory { Settled = settled, Recent = recent, Device = device! };
    }
}
