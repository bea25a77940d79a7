using System.Text.Json;
using System.Text.Json.Serialization;

namespace MusicSocial.Sync;

/// <summary>A room as bytes: the one document that live state and the database keep. Exact: what is read equals what was written.</summary>
public static class RoomDocument
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
    };

    /// <summary>The room as UTF-8 JSON.</summary>
    public static byte[] Write(Room room) => JsonSerializer.SerializeToUtf8Bytes(room, Options);

    /// <summary>The room that was written; <see cref="JsonException"/> when the bytes are no room.</summary>
    public static Room Read(ReadOnlySpan<byte> bytes)
    {
        var room = JsonSerializer.Deserialize<Room>(bytes, Options) ?? throw new JsonException("A room document is never null.");
        // A document of before rooms knew who opened them.
        return room.OpenerId.Length > 0 ? room : room with { OpenerId = room.HostId, LastingHostId = room.HostId };
    }
}
