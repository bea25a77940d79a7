using System.Text.Json;
using MusicSocial.Server.Hosting;

namespace MusicSocial.Server.Accounts;

/// <summary>Something that concerns one person and waits until they looked: a mention, a reply, a new follower, an invitation.</summary>
/// <param name="Id">Sorts by time.</param>
/// <param name="Type"><c>mention</c>, <c>reply</c>, <c>follower</c> or <c>invitation</c>.</param>
/// <param name="Data">What the slice that sent it wrote; see docs/protocol.md.</param>
/// <param name="AtMs">Hub time at which it was sent.</param>
/// <param name="Read">Whether its owner has looked at the inbox since.</param>
public sealed record Notice(string Id, string Type, JsonElement Data, double AtMs, bool Read);

/// <summary>GET /api/me/inbox and the snapshot of <c>me:</c>: newest first.</summary>
/// <param name="Unread">All unread notices, not only those on this page.</param>
public sealed record InboxPage(IReadOnlyList<Notice> Items, string? Next, int Unread) : Page<Notice>(Items, Next);

/// <summary>Event <c>inbox.read</c> on <c>me:</c> and the answer of PUT /api/me/inbox/read.</summary>
/// <param name="Unread">Notices that came in meanwhile.</param>
public sealed record InboxRead(int Unread);
