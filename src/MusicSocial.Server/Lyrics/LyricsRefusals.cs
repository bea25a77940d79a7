using MusicSocial.Lyrics;
using MusicSocial.Sync;

namespace MusicSocial.Server.Lyrics;

internal static class LyricsRefusals
{
    public static readonly Refusal None = new("lyrics.none", "This track has no lyrics.");
    public static readonly Refusal FormatUnknown = new("lyrics.unknown_format", "The format is one of lrc, elrc, eslrc, ttml, srt, vtt, yrc, qrc, krc, lyricsfile, sylt, text.");

    /// <summary>Why a source could not be read, with its line.</summary>
    public static Refusal Unreadable(LyricRefusedException refused) =>
        new(refused.Code, Sentences.GetValueOrDefault(refused.Code, "These lyrics cannot be read.")) { Line = refused.Line };

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
