namespace MusicSocial.Server.Accounts;

/// <summary>A user with what only the accounts slice may know.</summary>
/// <param name="User">The public face.</param>
/// <param name="PasswordHash">Null for guests.</param>
/// <param name="SecurityStamp">Refresh tokens carry it; changing it ends them all.</param>
internal sealed record Account(User User, string? PasswordHash, string SecurityStamp);
