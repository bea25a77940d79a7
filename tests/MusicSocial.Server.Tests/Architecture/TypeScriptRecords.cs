using System.Reflection;
using System.Text;
using System.Text.Json;

namespace MusicSocial.Server.Tests.Architecture;

/// <summary>Writes the wire records as TypeScript: the C# record is the only source of a shape.</summary>
internal static class TypeScriptRecords
{
    // In the order a reader meets them; the name is the wire's where the record's own differs.
    private static readonly (Type Record, string? WireName)[] Records =
    [
        (typeof(RefusalKind), null),
        (typeof(User), null),
        (typeof(Session), null),
        (typeof(SessionView), null),
        (typeof(RecoveryCodes), null),
        (typeof(RecoveryCodesLeft), null),
        (typeof(CommentFate), null),
        (typeof(SignUpMode), null),
        (typeof(SignUpView), null),
        (typeof(DeletionView), null),
        (typeof(Track), null),
        (typeof(ChunksState), null),
        (typeof(ChunkList), "Chunks"),
        (typeof(Comment), null),
        (typeof(CommentMoment), null),
        (typeof(CueWord), null),
        (typeof(CueLine), null),
        (typeof(CueAgent), "LyricAgent"),
        (typeof(LyricSource), null),
        (typeof(CueSheet), null),
        (typeof(LyricsChanged), null),
        (typeof(LineEdit), null),
        (typeof(SheetEdit), null),
        (typeof(ShiftRequest), "LyricShift"),
        (typeof(RevisionKind), null),
        (typeof(LyricTiming), null),
        (typeof(LyricRevisionView), "LyricRevision"),
        (typeof(ReportReason), null),
        (typeof(LyricReportRequest), "LyricReportRequest"),
        (typeof(LyricReport), null),
        (typeof(TimelineView), "Timeline"),
        (typeof(RoomRole), "Role"),
        (typeof(RoomVisibility), "Visibility"),
        (typeof(QueueItemView), "QueueItem"),
        (typeof(MemberView), "Member"),
        (typeof(SettingsView), "RoomSettings"),
        (typeof(ChatMessage), null),
        (typeof(WaitingView), "Waiting"),
        (typeof(RoomView), "Room"),
        (typeof(VotesView), "SkipVotes"),
        (typeof(BanView), "Ban"),
        (typeof(WordAction), null),
        (typeof(WordRuleView), "WordRule"),
        (typeof(KnockAnswer), null),
        (typeof(KnockView), "Knock"),
        (typeof(KnockDecision), null),
        (typeof(PlaybackState), null),
        (typeof(PlaybackSource), null),
        (typeof(PlayingTrack), null),
        (typeof(NowPlaying), null),
        (typeof(Friend), null),
        (typeof(Profile), null),
        (typeof(Listen), null),
        (typeof(Audience), null),
        (typeof(PrivacySettings), "Privacy"),
        (typeof(HubRole), null),
        (typeof(Myself), null),
        (typeof(ReportState), null),
        (typeof(ReportView), null),
        (typeof(ReportNotice), null),
        (typeof(ReportLine), null),
        (typeof(ReportCase), null),
        (typeof(PersonRecord), null),
        (typeof(AuditEntry), null),
        (typeof(ResetCode), null),
        (typeof(Invitation), null),
        (typeof(SkippedFile), null),
        (typeof(ScanStatus), null),
    ];

    // The formatter's, so that it has nothing to change.
    private const int LineWidth = 120;

    private static readonly Dictionary<Type, string> Names = Records.ToDictionary(entry => entry.Record, entry => entry.WireName ?? entry.Record.Name);
    private static readonly NullabilityInfoContext Nullability = new();

    public static string Write()
    {
        var text = new StringBuilder("// Written by a test from the server's records (TypeScriptRecords.cs); changes here are lost.\n");
        foreach (var (record, _) in Records)
            text.Append('\n').Append(record.IsEnum ? Union(record) : Interface(record));
        return text.Append('\n').Append(Retriable()).ToString();
    }

    private static string Retriable() =>
        "/** Kinds of refusals that are about the moment and not about the call: the client may repeat it. */\n" +
        $"export const retriableKinds: readonly RefusalKind[] = [{string.Join(", ", Enum.GetValues<RefusalKind>().Where(kind => kind.MayBeRetried()).Select(WireName))}];\n";

    private static string WireName(RefusalKind kind) => $"'{JsonNamingPolicy.CamelCase.ConvertName(kind.ToString())}'";

    private static string Union(Type type)
    {
        var names = Enum.GetNames(type).Select(name => $"'{JsonNamingPolicy.CamelCase.ConvertName(name)}'").ToList();
        var line = $"export type {Names[type]} = {string.Join(" | ", names)};\n";
        return line.Length <= LineWidth ? line : $"export type {Names[type]} ={string.Concat(names.Select(name => $"\n  | {name}"))};\n";
    }

    private static string Interface(Type type)
    {
        var text = new StringBuilder($"export interface {Names[type]} {{\n");
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.Name != "EqualityContract"))
        {
            var optional = Nullability.Create(property).ReadState == NullabilityState.Nullable;
            var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            text.Append($"  {name}{(optional ? "?" : "")}: {TypeOf(property.PropertyType)}{(optional ? " | null" : "")};\n");
        }

        return text.Append("}\n").ToString();
    }

    private static string TypeOf(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (Names.TryGetValue(plain, out var name))
            return name;
        if (plain == typeof(string))
            return "string";
        if (plain == typeof(bool))
            return "boolean";
        if (plain == typeof(int) || plain == typeof(long) || plain == typeof(double))
            return "number";
        var arguments = plain.GetGenericArguments();
        return arguments.Length switch
        {
            1 => $"{TypeOf(arguments[0])}[]",
            2 => $"Record<string, {TypeOf(arguments[1])}>",
            _ => "unknown",
        };
    }
}
