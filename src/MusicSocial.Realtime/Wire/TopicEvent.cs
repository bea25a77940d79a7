using System.Text.Json;

namespace MusicSocial.Realtime.Wire;

/// <summary>A numbered event of a topic, as clients receive it.</summary>
/// <param name="Offset">Its number: the previous event's plus one.</param>
/// <param name="Type">E.g. <c>comment.posted</c>; see docs/protocol.md.</param>
/// <param name="AtMs">Hub time at which it was appended.</param>
/// <param name="Data">The payload, serialised once when it was published.</param>
public sealed record TopicEvent(long Offset, string Type, double AtMs, JsonElement Data);
