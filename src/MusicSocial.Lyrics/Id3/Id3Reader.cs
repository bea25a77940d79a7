using MusicSocial.Lyrics.Drafting;
using MusicSocial.Lyrics.Lrc;
using MusicSocial.Lyrics.PlainText;

namespace MusicSocial.Lyrics.Id3;

/// <summary>The lyrics frames of ID3v2: SYLT (timed) and USLT (text, in which many taggers put LRC).</summary>
/// <remarks>https://id3.org/id3v2.4.0-frames, sections 4.8 and 4.9.</remarks>
internal static class Id3Reader
{
    private const int FrameHeaderLength = 10;
    private const int FrameFormat = 1;
    private const int MillisecondFormat = 2;

    /// <summary>An encoding that exists, then three letters of a language: no text begins like that.</summary>
    public static bool IsFrame(ReadOnlySpan<byte> bytes)
    {
        bytes = Body(bytes);
        return bytes is [<= 3, var first, var second, var third, _, ..]
            && char.IsAsciiLetter((char)first) && char.IsAsciiLetter((char)second) && char.IsAsciiLetter((char)third);
    }

    public static LyricSheet Read(ReadOnlySpan<byte> bytes, string? encodingHint)
    {
        bytes = Body(bytes);
        if (bytes is not [var encoding, var first, var second, var third, ..])
        {
            throw new LyricRefusedException(LyricRefusals.Empty);
        }

        var draft = new SheetDraft();
        string language = new([(char)first, (char)second, (char)third]);
        if (language.All(char.IsAsciiLetter) && !language.Equals("xxx", StringComparison.OrdinalIgnoreCase))
        {
            draft.Language = language;
            draft.Tag("lang", language);
        }

        // SYLT says next how it counts time. USLT has no such byte: there a description begins, with a letter or its end.
        return bytes[4..] switch
        {
            [FrameFormat, _, ..] => throw new LyricRefusedException(LyricRefusals.UnsupportedTimestampFormat),
            [MillisecondFormat, _, ..] => SyltEntries.Read(new Id3Text(encoding, bytes[6..], encodingHint), draft),
            _ => ReadUnsynced(new Id3Text(encoding, bytes[4..], encodingHint), draft),
        };
    }

    private static LyricSheet ReadUnsynced(Id3Text frame, SheetDraft draft)
    {
        frame.Next();
        var text = frame.Next();
        if (LyricSniffer.Sniff(text) == LyricFormat.Lrc)
        {
            return LrcReader.Read(text);
        }

        PlainTextReader.AddLines(text, draft);
        return draft.Build();
    }

    private static ReadOnlySpan<byte> Body(ReadOnlySpan<byte> bytes) =>
        bytes.Length > FrameHeaderLength && (bytes.StartsWith("SYLT"u8) || bytes.StartsWith("USLT"u8)) && bytes[FrameHeaderLength] <= 3
            ? bytes[FrameHeaderLength..]
            : bytes;
}
