namespace MusicSocial.Protocol;

/// <summary>POST /api/admin/users/{handle}/suspend.</summary>
/// <param name="Reason">1 to 500 characters; the suspended person is told.</param>
/// <param name="UntilMs">Hub time at which it ends, in milliseconds; until it is lifted when absent.</param>
public sealed record SuspendRequest(string? Reason, double? UntilMs);

/// <summary>A decision of an operator.</summary>
/// <param name="Id">Sorts by time.</param>
/// <param name="AtMs">Hub time of the decision, in milliseconds.</param>
/// <param name="By">Who decided.</param>
/// <param name="Action"><c>user.suspended</c> or <c>user.restored</c>.</param>
/// <param name="Subject">The id of whom or what it concerns.</param>
/// <param name="Reason">Why, where one was given.</param>
public sealed record AuditEntry(string Id, double AtMs, User By, string Action, string Subject, string? Reason);
