using System.Text.Json;

namespace MusicSocial.Client.Wire;

/// <summary>A person, as everybody sees them.</summary>
/// <param name="Id">Opaque and permanent.</param>
/// <param name="Handle">Unique, compared without case.</param>
/// <param name="DisplayName">Chosen freely.</param>
/// <param name="Guest">True when nobody can log in to this account again.</param>
public sealed record User(string Id, string Handle, string DisplayName, bool Guest);

/// <summary>Proof of who one is. Keep <paramref name="RefreshToken"/> to come back as the same person; keep it secret.</summary>
/// <param name="AccessToken">Opens HTTP and the hub.</param>
/// <param name="RefreshToken">Gets the next session, for 90 days.</param>
/// <param name="ExpiresInSeconds">How long the access token is good, from when it was issued.</param>
/// <param name="User">Who one is.</param>
public sealed record Session(string AccessToken, string RefreshToken, int ExpiresInSeconds, User User);

/// <summary>Something that concerns one person and waits until they looked.</summary>
/// <param name="Id">Sorts by time.</param>
/// <param name="Type"><c>mention</c>, <c>reply</c>, <c>follower</c> or <c>invitation</c>.</param>
/// <param name="Data">A <see cref="Comment"/>, a <see cref="FollowerNotice"/> or an <see cref="InvitationView"/>.</param>
/// <param name="AtMs">Hub time at which it was sent, in milliseconds.</param>
/// <param name="Read">Whether its owner has looked at the inbox since.</param>
public sealed record Notice(string Id, string Type, JsonElement Data, double AtMs, bool Read);

/// <summary>A page of the inbox, newest first; also the snapshot of <c>me:</c>.</summary>
/// <param name="Items">The notices of this page.</param>
/// <param name="Next">Cursor of the next page; null on the last.</param>
/// <param name="Unread">All unread notices, not only those on this page.</param>
public sealed record InboxPage(IReadOnlyList<Notice> Items, string? Next, int Unread) : Page<Notice>(Items, Next);

/// <summary>The inbox was read: event <c>inbox.read</c>.</summary>
/// <param name="Unread">Notices that came in meanwhile.</param>
public sealed record InboxRead(int Unread);

internal sealed record GuestRequest(string DisplayName);

internal sealed record RegisterRequest(string Handle, string Password, string DisplayName);

internal sealed record LoginRequest(string Handle, string Password);

internal sealed record RefreshRequest(string RefreshToken);
