using System.Collections.Immutable;

namespace MusicSocial.Server.Playback;

/// <summary>Everything known about what one person plays, on all their devices, and what others were told of it. Immutable; time is a parameter.</summary>
internal sealed record PersonPlayback
{
    public static PersonPlayback Nothing { get; } = new();

    public ImmutableArray<DeviceHistory> Devices { get; init; } = [];

    /// <summary>The settings the person chose last; null when they did not choose lately, and the stored ones count alone.</summary>
    public PrivacySettings? Privacy { get; init; }

    /// <summary>What the person's topic said last; null when it was that nothing plays.</summary>
    public NowHeard? Told { get; init; }

    /// <summary>Until then the topic says nothing, because some of those who follow it must leave first.</summary>
    public HubTime SilentUntil { get; init; }

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

    /// <summary>With what a room plays now in place of what it played when the person came.</summary>
    public PersonPlayback WithRoom(Sighting playing)
    {
        var index = IndexOf(playing.DeviceId);
        var at = HubTime.Max(playing.Timeline.AnchoredAt, Devices[index].Device.Latest.At);
        return this with { Devices = Devices.SetItem(index, DeviceHistory.Begin(playing with { At = at })) };
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

    /// <summary>Whether telling <paramref name="shown"/> would tell the topic's followers anything.</summary>
    public bool IsNews(NowHeard? shown, HubTime now) => (Told, shown) switch
    {
        (null, null) => false,
        ({ } told, { } heard) => told.IsNews(heard, now),
        _ => true,
    };

    /// <summary>Whether <paramref name="after"/> only confirms this: nothing is lost by keeping this instead.</summary>
    public bool IsConfirmedBy(PersonPlayback after)
    {
        if (ReferenceEquals(this, after))
            return true;
        if (Devices.Length != after.Devices.Length || Privacy != after.Privacy || SilentUntil != after.SilentUntil)
            return false;
        for (var index = 0; index < Devices.Length; index++)
        {
            var (before, now) = (Devices[index].Device, after.Devices[index].Device);
            if (before.DeviceId != now.DeviceId || !before.IsConfirmedBy(now))
                return false;
        }

        return true;
    }

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
