namespace MusicSocial.Sync.Commands;

/// <summary>Another password for a room.</summary>
/// <param name="Hash">Its hash; null opens the room to all who find it.</param>
public sealed record NewPassword(string? Hash);
