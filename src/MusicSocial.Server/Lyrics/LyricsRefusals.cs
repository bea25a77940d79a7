using MusicSocial.Lyrics;

namespace MusicSocial.Server.Lyrics;

internal static class LyricsRefusals
{
    public static readonly Refusal None = new("lyrics.none", RefusalKind.NotFound, "This track has no lyrics.");
    public static readonly Refusal FormatUnknown = new("lyrics.unknown_format", RefusalKind.Unprocessable, "The format is one of lrc, elrc, eslrc, ttml, srt, vtt, yrc, qrc, krc, lyricsfile, sylt, text.");
    public static readonly Refusal TimeInvalid = new("lyrics.time_invalid", RefusalKind.Unprocessable, "Times lie within the song and never decrease; either all lines have one or none has.");
    public static readonly Refusal TextInvalid = new("lyrics.text_invalid", RefusalKind.Unprocessable, "A line has at most 500 characters, and its words joined are the line.");
    public static readonly Refusal ShiftInvalid = new("lyrics.shift_invalid", RefusalKind.Unprocessable, "That would leave no line inside the song.");
    public static readonly Refusal NeedsTimes = new("lyrics.needs_times", RefusalKind.Unprocessable, "This format needs times, and these lyrics have none.");
    public static readonly Refusal OutputUnknown = new("lyrics.unknown_format", RefusalKind.Unprocessable, "Lyrics are written as lrc, elrc, ttml, srt, vtt, ass, opensubsonic or text.");
    public static readonly Refusal Forbidden = new("lyrics.forbidden", RefusalKind.Forbidden, "Guests do not replace what others made; an account is one call away.");
    public static readonly Refusal Stale = new("lyrics.stale", RefusalKind.Conflict, "Another revision was saved meanwhile; look at it first.");
    public static readonly Refusal RevisionNotFound = new("lyrics.revision_not_found", RefusalKind.NotFound, "There is no such revision (any more).");
    public static readonly Refusal QuoteInvalid = new("lyrics.quote_invalid", RefusalKind.Unprocessable, "A card has 1 to 6 lines that are there, of 400 characters at most.");
    public static readonly Refusal QuoteUndrawable = new("lyrics.quote_undrawable", RefusalKind.Unprocessable, "This hub has no tool or no font to draw these lines; take the SVG.");
    public static readonly Refusal ReportInvalid = new("lyrics.report_invalid", RefusalKind.Unprocessable, "A report has one of the reasons, and a note of at most 500 characters.");

    /// <summary>Why a source could not be read, with its line.</summary>
    public static Refusal Unreadable(LyricRefusedException refused) =>
        new(refused.Code, RefusalKind.Unprocessable, Sentences.GetValueOrDefault(refused.Code, "These lyrics cannot be read.")) { Line = refused.Line };

    private static readonly Dictionary<string, string> Sentences = new()
    {
        [LyricRefusals.Empty] = "There is no line in these lyrics.",
        [LyricRefusals.TooLarge] = "Lyrics are at most 1 MiB.",
        [LyricRefusals.TooManyLines] = "Lyrics have at most 10,000 lines.",
        [LyricRefusals.NotTtml] = "This is not TTML.",
        [LyricRefusals.InvalidXml] = "The XML is not well-formed.",
        [LyricRefusals.DtdProhibited] = "XML with a document type definition is not read.",
        [LyricRefusals.NotVtt] = "This is not WebVTT.",
        [LyricRefusals.EncryptedUnsupported] = "Decrypt the file first.",
        [LyricRefusals.UnsupportedTimestampFormat] = "The times are counted in MPEG frames; only milliseconds are read.",
        [LyricRefusals.UnsupportedVersion] = "This version of the format is not read.",
        [LyricRefusals.InvalidYaml] = "The YAML cannot be read.",
    };
}
