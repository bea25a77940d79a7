using MusicSocial.Lyrics.Drafting;
using MusicSocial.Lyrics.Text;

namespace MusicSocial.Lyrics.WebVtt;

/// <summary>WebVTT: cues with voices and inline stamps; notes, styles and regions are passed over.</summary>
/// <remarks>https://www.w3.org/TR/webvtt1/#file-parsing, but broken cues are warned about.</remarks>
internal static class VttReader
{
    private const string Signature = "WEBVTT";
    private const string LanguageHeader = "Language:";

    /// <summary>The signature is the first word of the file.</summary>
    public static bool IsSigned(ReadOnlySpan<char> text) =>
        text.StartsWith(Signature, StringComparison.Ordinal)
        && (text.Length == Signature.Length || text[Signature.Length] is ' ' or '\t' or '\r' or '\n');

    public static LyricSheet Read(ReadOnlySpan<char> text)
    {
        if (!IsSigned(text))
        {
            throw new LyricRefusedException(LyricRefusals.NotVtt, 1);
        }

        var draft = new SheetDraft();
        var cue = new VttCue(isRolling: VttRolling.IsIn(text));
        var lines = new PhysicalLines(text);
        ReadHeader(ref lines, draft);
        while (lines.MoveNext())
        {
            if (CueClock.IsRangeLike(lines.Current))
            {
                ReadCue(ref lines, cue, draft);
            }
            else if (IsAside(lines.Current))
            {
                SkipBlock(ref lines);
            }
        }

        return draft.Build();
    }

    private static void ReadHeader(ref PhysicalLines lines, SheetDraft draft)
    {
        while (lines.MoveNext() && !Blanks.Trim(lines.Current).IsEmpty)
        {
            if (lines.Current.StartsWith(LanguageHeader, StringComparison.OrdinalIgnoreCase))
            {
                draft.Language = Blanks.Collapse(lines.Current[LanguageHeader.Length..]);
                draft.Tag("lang", draft.Language);
            }
        }
    }

    private static void ReadCue(ref PhysicalLines lines, VttCue cue, SheetDraft draft)
    {
        var number = lines.Number;
        if (!CueClock.TryReadRange(lines.Current, out var startMs, out var endMs))
        {
            draft.Warn(LyricWarnings.BadTime, number);
            SkipBlock(ref lines);
            return;
        }

        cue.Begin(startMs);
        // An arrow ends a cue as an empty line does; a line of blanks does not.
        for (var ahead = lines; ahead.MoveNext() && !CueClock.IsRangeLike(ahead.Current) && !ahead.Current.IsEmpty; lines = ahead)
        {
            cue.Take(Blanks.Trim(ahead.Current));
        }

        if (cue.End(endMs) is { } line)
        {
            draft.Add(line, number);
        }
    }

    private static bool IsAside(ReadOnlySpan<char> line) =>
        line.StartsWith("NOTE", StringComparison.Ordinal)
        || line.StartsWith("STYLE", StringComparison.Ordinal)
        || line.StartsWith("REGION", StringComparison.Ordinal);

    private static void SkipBlock(ref PhysicalLines lines)
    {
        while (lines.MoveNext() && !Blanks.Trim(lines.Current).IsEmpty)
        {
        }
    }
}
