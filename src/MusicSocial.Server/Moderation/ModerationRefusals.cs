namespace MusicSocial.Server.Moderation;

internal static class ModerationRefusals
{
    public static readonly Refusal UnknownKind = new("report.unknown_kind", RefusalKind.Invalid, "Nothing of this kind can be reported.");
    public static readonly Refusal NotFound = new("report.not_found", RefusalKind.NotFound, "There is no such thing, or no such report.");
    public static readonly Refusal Self = new("report.self", RefusalKind.Invalid, "This is your own: remove it yourself.");
    public static readonly Refusal Decided = new("report.decided", RefusalKind.Conflict, "This report has been decided.");
    public static readonly Refusal BadDecision = new("report.bad_decision", RefusalKind.Invalid, "A report is upheld or dismissed.");
}
