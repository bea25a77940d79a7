namespace MusicSocial.Protocol;

/// <summary>POST /api/admin/users/{handle}/suspend.</summary>
/// <param name="Reason">1 to 500 characters; the suspended person is told.</param>
/// <param name="UntilMs">Hub time at which it ends, in milliseconds; until it is lifted when absent.</param>
public sealed record SuspendRequest(string? Reason, double? UntilMs);

/// <summary>POST /api/admin/users/{handle}/reset: what an operator gives to a person who lost their password.</summary>
/// <param name="Code">For POST /api/accounts/recover; good once. It is not shown again.</param>
/// <param name="ExpiresAtMs">Hub time until which it is good, in milliseconds.</param>
public sealed record ResetCode(string Code, double ExpiresAtMs);

/// <summary>POST /api/admin/invitations.</summary>
/// <param name="Uses">For how many accounts it is good, 1 to 10,000; one when absent.</param>
/// <param name="ExpiresAtMs">Hub time at which it ends, in milliseconds; when it is used up or revoked, if absent.</param>
/// <param name="Note">What it is for, up to 200 characters, for operators.</param>
public sealed record InvitationRequest(int? Uses, double? ExpiresAtMs, string? Note);

/// <summary>An invitation to sign up.</summary>
/// <param name="Id">Sorts by time.</param>
/// <param name="Code">For <c>invite</c> of POST /api/accounts and the page <c>/?invite=</c>; in the answer that made it only.</param>
/// <param name="By">Who made it; null when it was made on the command line or its maker has left.</param>
/// <param name="Note">What it is for.</param>
/// <param name="Uses">For how many accounts it is good.</param>
/// <param name="Used">How many were made.</param>
/// <param name="CreatedAtMs">Hub time at which it was made, in milliseconds.</param>
/// <param name="ExpiresAtMs">When it ends.</param>
/// <param name="RevokedAtMs">When it was revoked.</param>
public sealed record Invitation(
    string Id, string? Code, User? By, string? Note, int Uses, int Used, double CreatedAtMs, double? ExpiresAtMs, double? RevokedAtMs);

/// <summary>A decision of a moderator or an operator.</summary>
/// <param name="Id">Sorts by time.</param>
/// <param name="AtMs">Hub time of the decision, in milliseconds.</param>
/// <param name="By">Who decided.</param>
/// <param name="Action">What was done, e.g. <c>user.suspended</c>; docs/protocol.md lists them.</param>
/// <param name="Subject">The id of whom or what it concerns.</param>
/// <param name="Reason">Why, where one was given.</param>
public sealed record AuditEntry(string Id, double AtMs, User By, string Action, string Subject, string? Reason);
