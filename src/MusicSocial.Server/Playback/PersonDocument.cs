using System.Text.Json;
using System.Text.Json.Serialization;

namespace MusicSocial.Server.Playback;

/// <summary>A person's playback as bytes: the live document that all nodes share. What is read equals what was written.</summary>
internal static class PersonDocument
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
    };

    public static byte[] Write(PersonPlayback person) => JsonSerializer.SerializeToUtf8Bytes(person, Options);

    public static PersonPlayback Read(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize<PersonPlayback>(bytes, Options) ?? throw new JsonException("A person's document is never null.");
}
