using System.Collections.Immutable;
using MusicSocial.Sync;

namespace MusicSocial.Server.Playback;

/// <summary>Everything known about what one person plays, on all their devices. Immutable; time is a parameter.</summary>
internal sealed record PersonPlayback
{
    public static PersonPlayback Nothing { get; } = new();

    private ImmutableArray<DeviceHistory> Devices { get; init; } = [];

    public bool IsEmpty => Devices.IsEmpty;

    /// <summary>With one more sighting; the same object when it says nothing new.</summary>
    public PersonPlayback With(Sighting sighting)
    {
        var index = IndexOf(sighting.DeviceId);
        if (index >= 0)
        {
            var history = Devices[index].With(sighting);
            return ReferenceEquals(history, Devices[index]) ? this : this with { Devices = Devices.SetItem(index, history) };
        }

        var added = Devices.Add(DeviceHistory.Begin(sighting));
        if (added.Length > PlaybackRules.MaxDevices)
            added = added.Remove(added.Where(history => !history.Device.IsRoom).DefaultIfEmpty(added[0]).MinBy(history => history.Device.Latest.At)!);
        return this with { Devices = added };
    }

    /// <summary>Without a device that certainly plays no more, such as a room that was left.</summary>
    public PersonPlayback Without(string deviceId)
    {
        var index = IndexOf(deviceId);
        return index < 0 ? this : this with { Devices = Devices.RemoveAt(index) };
    }

    /// <summary>Without the devices that have been silent for too long.</summary>
    public PersonPlayback Settle(HubTime now) =>
        Devices.Any(history => history.Device.IsGoneAt(now))
            ? this with { Devices = Devices.RemoveAll(history => history.Device.IsGoneAt(now)) }
            : this;

    /// <summary>The one thing the person hears, or null: see <see cref="Arbitration"/>.</summary>
    public NowHeard? HeardAt(HubTime now) => Arbitration.Decide(Devices.Select(history => history.Device), now);

    private int IndexOf(string deviceId)
    {
        for (var index = 0; index < Devices.Length; index++)
        {
            if (Devices[index].Device.DeviceId == deviceId)
                return index;
        }

        return -1;
    }
}
