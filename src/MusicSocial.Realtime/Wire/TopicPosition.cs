namespace MusicSocial.Realtime.Wire;

/// <summary>A place in a topic: wire <c>{epoch, offset}</c>. Offsets are comparable only within one epoch.</summary>
/// <param name="Epoch">Names one numbering of the topic; a new epoch means the numbering was lost or restarted.</param>
/// <param name="Offset">Number of the last event seen; 0 before the first.</param>
public sealed record TopicPosition(string Epoch, long Offset);
