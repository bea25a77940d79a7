namespace MusicSocial.Sync;

/// <summary>Someone who was kicked and stays out for a while.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Until">From when on they may come back.</param>
public sealed record RoomBan(string UserId, HubTime Until);
