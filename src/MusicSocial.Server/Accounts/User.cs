namespace MusicSocial.Server.Accounts;

/// <summary>A person, as everybody sees them.</summary>
/// <param name="Id">Opaque and permanent.</param>
/// <param name="Handle">Unique, compared without case.</param>
/// <param name="DisplayName">Chosen freely.</param>
/// <param name="Guest">True when nobody can log in to this account again.</param>
public sealed record User(string Id, string Handle, string DisplayName, bool Guest);
