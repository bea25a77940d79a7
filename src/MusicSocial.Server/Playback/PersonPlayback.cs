using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MusicSocial.Server.Playback;

/// <summary>
/// Everything known about what one person plays, on all their devices, and what was announced of it. The document that all nodes share; its field names
/// stay as they were, because nodes of two releases share it during an upgrade. Immutable; time is a parameter.
/// </summary>
internal sealed record PersonPlayback
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
    };

    public static PersonPlayback Nothing { get; } = new();

    public ImmutableArray<DeviceHistory> Devices { get; init; } = [];

    /// <summary>The settings the person chose last; null when they did not choose lately, and the stored ones count alone.</summary>
    public PrivacySettings? Privacy { get; init; }

    /// <summary>What the person's topic announced last; null when it was that nothing plays.</summary>
    [JsonPropertyName("told")]
    public ActivePlayback? Announced { get; init; }

    /// <summary>Until then the topic announces nothing, because some of its followers must be removed first.</summary>
    [JsonPropertyName("silentUntil")]
    public HubTime QuietUntil { get; init; }

    public bool IsEmpty => Devices.IsEmpty;

    /// <summary>The rooms among the devices.</summary>
    [JsonIgnore]
    public IEnumerable<string> RoomIds => Devices.Where(history => history.Device.IsRoom).Select(history => history.Device.Latest.RoomId!);

    /// <summary>What is read equals what was written.</summary>
    public static PersonPlayback FromBytes(ReadOnlyMemory<byte> bytes) =>
        JsonSerializer.Deserialize<PersonPlayback>(bytes.Span, Json) ?? throw new JsonException("A person's document is never null.");

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>With one more observation; the same object when it says nothing new.</summary>
    public PersonPlayback With(PlaybackObservation observation)
    {
        var index = IndexOf(observation.DeviceId);
        if (index >= 0)
        {
            var history = Devices[index].With(observation);
            return ReferenceEquals(history, Devices[index]) ? this : this with { Devices = Devices.SetItem(index, history) };
        }

        var added = Devices.Add(DeviceHistory.Begin(observation));
        if (added.Length > PlaybackRules.MaxDevices)
            added = added.Remove(added.Where(history => !history.Device.IsRoom).DefaultIfEmpty(added[0]).MinBy(history => history.Device.Latest.At)!);
        return this with { Devices = added };
    }

    /// <summary>With what a room plays now in place of what it played when the person joined.</summary>
    public PersonPlayback WithRoom(PlaybackObservation playing)
    {
        var index = IndexOf(playing.DeviceId);
        var at = HubTime.Max(playing.Timeline.AnchoredAt, Devices[index].Device.Latest.At);
        return this with { Devices = Devices.SetItem(index, DeviceHistory.Begin(playing with { At = at })) };
    }

    /// <summary>Without a device that certainly plays no more, such as a room the person left.</summary>
    public PersonPlayback Without(string deviceId)
    {
        var index = IndexOf(deviceId);
        return index < 0 ? this : this with { Devices = Devices.RemoveAt(index) };
    }

    /// <summary>Without the devices that have been silent for too long.</summary>
    public PersonPlayback Expire(HubTime now) =>
        Devices.Any(history => history.Device.IsGoneAt(now))
            ? this with { Devices = Devices.RemoveAll(history => history.Device.IsGoneAt(now)) }
            : this;

    /// <summary>The one playback the person hears, or null when nothing plays.</summary>
    public ActivePlayback? ActiveAt(HubTime now) => ActivePlayback.Of(Devices.Select(history => history.Device), now);

    /// <summary>Whether announcing <paramref name="visible"/> would tell the topic's followers anything new.</summary>
    public bool IsNews(ActivePlayback? visible, HubTime now) => (Announced, visible) switch
    {
        (null, null) => false,
        ({ } before, { } after) => before.IsNews(after, now),
        _ => true,
    };

    /// <summary>Whether <paramref name="after"/> only confirms this: nothing is lost by keeping this instead.</summary>
    public bool IsConfirmedBy(PersonPlayback after)
    {
        if (ReferenceEquals(this, after))
            return true;
        if (Devices.Length != after.Devices.Length || Privacy != after.Privacy || QuietUntil != after.QuietUntil)
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
