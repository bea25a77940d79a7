using System.Net;

namespace MusicSocial.Lyrics.Measured;

/// <summary>
/// The XML around a decrypted QRC: the lyric is one attribute. It is cut out by hand, because such files hold bare
/// newlines and quotes in it, which a conforming XML reader flattens or refuses.
/// </summary>
internal static class QrcEnvelope
{
    private const string Root = "<QrcInfos";
    private const string Attribute = "LyricContent=\"";

    public static bool IsAround(ReadOnlySpan<char> text) =>
        text[..int.Min(text.Length, 1024)].Contains(Root, StringComparison.Ordinal);

    public static string Open(string text)
    {
        var start = text.IndexOf(Attribute, StringComparison.Ordinal);
        if (start < 0)
        {
            throw new LyricRefusedException(LyricRefusals.Empty);
        }

        start += Attribute.Length;
        var element = text.IndexOf("/>", start, StringComparison.Ordinal);
        var end = text.LastIndexOf('"', element < 0 ? text.Length - 1 : element);
        return WebUtility.HtmlDecode(text[start..int.Max(start, end)]);
    }
}
