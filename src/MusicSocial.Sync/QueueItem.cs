namespace MusicSocial.Sync;

/// <summary>One place in a room's queue.</summary>
/// <param name="ItemId">Unique in its room for the room's whole life; never given twice, so that a stale command cannot hit another item.</param>
/// <param name="TrackId">What to play.</param>
/// <param name="Duration">Length of the track, more than zero.</param>
/// <param name="AddedBy">User id of the member who added it.</param>
public sealed record QueueItem(string ItemId, string TrackId, TimeSpan Duration, string AddedBy);
