namespace MusicSocial.Protocol;

/// <summary>What a person may do for the whole hub.</summary>
public enum HubRole
{
    /// <summary>Nothing for others.</summary>
    Member,

    /// <summary>Decides reports, removes what people wrote, suspends people.</summary>
    Moderator,

    /// <summary>Runs the hub: all a moderator may, and making moderators.</summary>
    Operator,
}

/// <summary>GET /api/accounts/me: the caller's <see cref="User"/>, and what only they are told.</summary>
/// <param name="Id">Opaque and permanent.</param>
/// <param name="Handle">Unique, compared without case.</param>
/// <param name="DisplayName">Chosen freely.</param>
/// <param name="Guest">True for an account without a password.</param>
/// <param name="Role">What the caller may do for the whole hub.</param>
public sealed record Myself(string Id, string Handle, string DisplayName, bool Guest, HubRole Role);

/// <summary>POST /api/reports.</summary>
/// <param name="Kind"><c>comment</c>, <c>chat</c>, <c>user</c>, <c>room</c>, <c>clip</c>, <c>lyrics</c> or <c>playlist</c>.</param>
/// <param name="Id">The id of the thing; of lyrics the track's, or <c>{trackId}:{revision}</c>.</param>
/// <param name="Reason">Why, in a word or a line: 1 to 100 characters.</param>
/// <param name="Note">What moderators should know, up to 1,000 characters.</param>
public sealed record ReportRequest(string? Kind, string? Id, string? Reason, string? Note);

/// <summary>What became of what was reported.</summary>
public enum ReportState
{
    /// <summary>Not decided yet.</summary>
    Open,

    /// <summary>The reporters were right, and something was done.</summary>
    Upheld,

    /// <summary>Nothing was done.</summary>
    Dismissed,
}

/// <summary>A report of the caller's, in answer to it and in GET /api/me/reports.</summary>
/// <param name="Id">The case: the same for all who reported the thing while it was open.</param>
/// <param name="State">What became of it.</param>
/// <param name="Kind">Of what kind the thing is.</param>
/// <param name="SubjectId">The id of the thing.</param>
/// <param name="Reason">What the caller said.</param>
/// <param name="AtMs">When they reported it, in hub milliseconds.</param>
public sealed record ReportView(string Id, ReportState State, string Kind, string SubjectId, string Reason, double AtMs);

/// <summary>Data of a notice of type <c>report</c>: a report of the owner's was decided.</summary>
/// <param name="Id">The case.</param>
/// <param name="State">The outcome.</param>
/// <param name="Kind">Of what kind the thing is.</param>
/// <param name="Note">What the moderator wanted the reporters to know.</param>
public sealed record ReportNotice(string Id, ReportState State, string Kind, string? Note);

/// <summary>A thing that was reported, with everything said about it, for moderators.</summary>
/// <param name="Id">Sorts by when the first report came.</param>
/// <param name="Kind">Of what kind the thing is.</param>
/// <param name="SubjectId">The id of the thing.</param>
/// <param name="State">Open, or how it was decided.</param>
/// <param name="Author">Whose thing it is, if a person's.</param>
/// <param name="Excerpt">What it said when it was first reported.</param>
/// <param name="Reports">The latest reports, at most 20.</param>
/// <param name="ReportCount">How many there are.</param>
/// <param name="OpenedAtMs">When the first came, in hub milliseconds.</param>
public sealed record ReportCase(
    string Id, string Kind, string SubjectId, ReportState State, User? Author, string? Excerpt, IReadOnlyList<ReportLine> Reports, int ReportCount,
    double OpenedAtMs)
{
    /// <summary>Who decided it.</summary>
    public User? DecidedBy { get; init; }

    /// <summary>When, in hub milliseconds.</summary>
    public double? DecidedAtMs { get; init; }

    /// <summary>What the moderator wanted the reporters to know.</summary>
    public string? Note { get; init; }
}

/// <summary>What one person reported.</summary>
/// <param name="By">The reporter.</param>
/// <param name="Reason">Why.</param>
/// <param name="Note">What else they said.</param>
/// <param name="AtMs">When, in hub milliseconds.</param>
public sealed record ReportLine(User By, string Reason, string? Note, double AtMs);

/// <summary>POST /api/admin/reports/{id}.</summary>
/// <param name="Decision"><c>upheld</c>: the thing is removed as far as it can be (comment, chat message, room); <c>dismissed</c>: it stays.</param>
/// <param name="Note">Told to the reporters, up to 500 characters.</param>
public sealed record DecisionRequest(string? Decision, string? Note);

/// <summary>A person, for operators and moderators.</summary>
/// <param name="User">The person.</param>
/// <param name="Role">What they may do for the whole hub.</param>
/// <param name="CreatedAtMs">Since when they are here, in hub milliseconds.</param>
/// <param name="SeenAtMs">When they were last signed in.</param>
/// <param name="SuspendedUntilMs">Until when they may not sign in; null when they may. A suspension without an end has a time in the far future.</param>
/// <param name="SuspendedFor">Why.</param>
public sealed record PersonRecord(
    User User, HubRole Role, double CreatedAtMs, double? SeenAtMs, double? SuspendedUntilMs, string? SuspendedFor);

/// <summary>POST /api/admin/users/{handle}/role, for operators.</summary>
/// <param name="Role"><c>moderator</c> or <c>member</c>; operators are made on the machine.</param>
public sealed record RoleRequest(HubRole? Role);
