namespace MusicSocial.Protocol;

/// <summary>POST /api/admin/users/{handle}/suspend.</summary>
/// <param name="Reason">1 to 500 characters; the suspended person is told.</param>
/// <param name="UntilMs">Hub time at which it ends, in milliseconds; until it is lifted when absent.</param>
public sealed record SuspendRequest(string? Reason, double? UntilMs);

/// <summary>POST /api/admin/users/{handle}/reset: what an operator gives to a person who lost their password.</summary>
/// <param name="Code">For POST /api/accounts/recover; good once. It is not shown again.</param>
/// <param name="ExpiresAtMs">Hub time until which it is good, in milliseconds.</param>
public sealed record ResetCode(string Code, double ExpiresAtMs);

/// <summary>A decision of an operator.</summary>
/// <param name="Id">Sorts by time.</param>
/// <param name="AtMs">Hub time of the decision, in milliseconds.</param>
/// <param name="By">Who decided.</param>
/// <param name="Action"><c>user.suspended</c>, <c>user.restored</c> or <c>user.reset</c>.</param>
/// <param name="Subject">The id of whom or what it concerns.</param>
/// <param name="Reason">Why, where one was given.</param>
public sealed record AuditEntry(string Id, double AtMs, User By, string Action, string Subject, string? Reason);
