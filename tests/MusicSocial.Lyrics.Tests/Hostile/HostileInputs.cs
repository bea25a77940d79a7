using System.Text;

namespace MusicSocial.Lyrics.Tests.Hostile;

/// <summary>Inputs of about a mebibyte that a careless parser answers with minutes, gigabytes or a crash.</summary>
internal static class HostileInputs
{
    private const int Size = LyricLimits.Bytes;

    public static IReadOnlyDictionary<string, byte[]> All { get; } = new Dictionary<string, byte[]>
    {
        ["brackets"] = Fill("", "[", 200_000),
        ["bracket pairs"] = Fill("", "[]"),
        ["open angles"] = Fill("[00:01.00]", "<"),
        ["open angles with a close at the end"] = [.. Fill("[00:01.00]", "<", Size - 100), .. ">"u8],
        ["open parentheses"] = Fill("[0,1]", "("),
        ["half stamps"] = Fill("[00:01.00]", "[00:01.0"),
        ["half word stamps"] = Fill("[00:01.00]", "<00:01.0"),
        ["half measures"] = Fill("[0,1](0,1,0)a", "(1,"),
        ["digits"] = Fill("[", "1"),
        ["a number of a mebibyte"] = Fill("[00:00.", "9"),
        ["colons"] = Fill("[1", ":1"),
        ["stamps of one line"] = Fill("", "[00:01.00]", 9_999),
        ["too many stamps of one line"] = Fill("", "[0:1]"),
        ["many words under many stamps"] = [.. Fill("", "[0:1]", 40_000), .. Fill("", "<0:1>a", Size - 40_000)],
        ["many words between brackets under many stamps"] = [.. Fill("", "[0:1]", 40_000), .. Fill("a", "[0:1]a", Size - 60_000), .. "[0:1]"u8],
        ["words of one line"] = Fill("[0:1]", "<0:1>a"),
        ["words between brackets of one line"] = [.. Fill("[0:1]", "a[0:2]", Size - 20)],
        ["tags of one line"] = Fill("", "[a:b]"),
        ["tags that nearly close"] = Fill("[a:", "][a"),
        ["lines"] = Fill("", "[0:1]a\n"),
        ["untimed lines"] = Fill("[0:1]a\n", "b\n"),
        ["plain lines"] = Fill("", "b\n"),
        ["translations of one line"] = Fill("[0:1]a\n", "[0:1][tr:de]b\n"),
        ["blanks"] = Fill("[0:1]a", " \t"),
        ["blanks between words"] = Fill("[0:1]", "a  "),
        ["ideographic blanks"] = Fill("", "\u3000"),
        ["xml depth"] = Fill("<tt>", "<p>"),
        ["xml spans"] = Fill("<tt><body><p begin='1s'>", "<span>"),
        ["xml attributes"] = Fill("<tt><body><p ", "a='' "),
        ["xml distinct attributes"] = Numbered("<tt><body><p ", "a{0}='' "),
        ["xml namespaces"] = Numbered("<tt><body><p ", "xmlns:a{0}='x' "),
        ["xml text in pieces"] = Fill("<tt><body><p begin='1s'><span begin='1s'>", "a<!---->b "),
        ["xml breaks"] = Fill("<tt><body><p begin='1s'>", "<br/>"),
        ["xml spans of one line"] = Fill("<tt><body><p begin='1s'>", "<span begin='1s'>a</span> "),
        ["xml paragraphs"] = Fill("<tt><body>", "<p begin='1s'>a</p>"),
        ["xml agents"] = Numbered("<tt><head>", "<agent id='a{0}'/>"),
        ["xml translations of one line"] = Numbered("<tt><head>", "<translation lang='l{0}'><text for='L1'>a</text></translation>"),
        ["xml comment"] = Fill("<tt><!--", "-"),
        ["xml comments before the root"] = Fill("", "<!-- -->"),
        ["entity bomb"] = Encoding.UTF8.GetBytes(
            "<?xml version='1.0'?><!DOCTYPE tt [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]><tt><body><p>&b;</p></body></tt>"),
        ["character references"] = Fill("<tt><body><p begin='1s'>", "&#65;"),
        ["cue tags"] = Fill("WEBVTT\n\n0:01.000 --> 0:02.000\n", "<c"),
        ["closed cue tags"] = Fill("WEBVTT\n\n0:01.000 --> 0:02.000\n", "<c>"),
        ["cue stamps"] = Fill("WEBVTT\n\n0:01.000 --> 0:02.000\n", "<0:01.000>a"),
        ["cue lines"] = Fill("WEBVTT\n\n0:01.000 --> 0:02.000\n", "a\n"),
        ["cue references"] = Fill("WEBVTT\n\n0:01.000 --> 0:02.000\n", "&"),
        ["arrows"] = Fill("1\n00:00:01,000 --> 00:00:02,000\n", "-->"),
        ["subtitle braces"] = Fill("1\n00:00:01,000 --> 00:00:02,000\n", "{\\"),
        ["subtitle fonts"] = Fill("1\n00:00:01,000 --> 00:00:02,000\n", "<font "),
        ["yaml depth"] = Fill("version: '1.0'\nlines: ", "["),
        ["yaml mappings"] = Fill("version: '1.0'\nlines: ", "{a: "),
        ["yaml indents"] = Fill("version: '1.0'\nlines:\n", "- "),
        ["yaml keys"] = Numbered("version: '1.0'\nmetadata:\n", "  a{0}: b\n"),
        ["yaml anchors"] = Fill("version: '1.0'\nlines: &a [", "*a,"),
        ["yaml lines"] = Fill("version: '1.0'\nlines:\n", " - {text: a, start_ms: 1}\n"),
        ["yaml words"] = Fill("version: '1.0'\nlines:\n - words:\n", "   - {text: a, start_ms: 1}\n"),
        ["yaml quotes"] = Fill("version: '1.0'\nplain: '", "''"),
        ["yaml block"] = Fill("version: '1.0'\nplain: |\n", "  a\n"),
        ["yaml questions"] = Fill("version: '1.0'\nlines: ", "? "),
        ["yaml plain words"] = Fill("version: '1.0'\nlines: ", "a "),
        ["yaml tabs"] = Fill("version: '1.0'\nlines:\n", "\t"),
        ["qrc attribute"] = Fill("<QrcInfos LyricContent=\"", "\""),
        ["qrc references"] = Fill("<QrcInfos LyricContent=\"[0,1]a(0,1)", "&amp;"),
        ["json depth"] = KrcWith(Fill("{\"content\":", "[", (Size * 3 / 4) - 100)),
        ["json layers"] = KrcWith([.. Fill("{\"content\":[{}", ",{\"type\":1,\"lyricContent\":[[\"a\"]]}", (Size * 3 / 4) - 100), .. "]}"u8]),
        ["json pieces of one line"] = KrcWith([.. Fill("{\"content\":[{\"type\":0,\"lyricContent\":[[\"a\"", ",\"a\"", (Size * 3 / 4) - 100), .. "]]}]}"u8]),
        ["json rows"] = KrcWith([.. Fill("{\"content\":[{\"type\":1,\"lyricContent\":[[\"a\"]", ",[\"a\"]", (Size * 3 / 4) - 100), .. "]}]}"u8]),
        ["id3 entries"] = [3, .. "eng"u8, 2, 1, 0, .. Fill("", "a\0\0\0\0\0")],
        ["id3 newlines"] = [3, .. "eng"u8, 2, 1, 0, .. Fill("", "\n")],
        ["id3 wide text"] = [1, .. "eng"u8, 2, 1, 0, 0, .. Fill("", "ab")],
        ["nul"] = Fill("", "\0"),
        ["hexadecimal"] = Fill("", "A1"),
        ["surrogates"] = [0xFF, 0xFE, .. Enumerable.Repeat<byte>(0xD8, Size - 2)],
        ["high bytes"] = [.. Enumerable.Repeat<byte>(0xFF, Size)],
    };

    private static byte[] KrcWith(byte[] json)
    {
        const string Lines = "[0,9]<0,9,0>a\n[9,9]<0,9,0>b\n";
        return Encoding.UTF8.GetBytes($"[language:{Convert.ToBase64String(json.AsSpan(0, int.Min(json.Length, (Size * 3 / 4) - 60)))}]\n{Lines}");
    }

    private static byte[] Fill(string prefix, string repeat, int length = Size - 10)
    {
        var text = new StringBuilder(prefix);
        var width = Encoding.UTF8.GetByteCount(repeat);
        for (var used = Encoding.UTF8.GetByteCount(prefix); used + width <= length; used += width)
        {
            text.Append(repeat);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] Numbered(string prefix, string pattern)
    {
        var text = new StringBuilder(prefix);
        for (var number = 0; text.Length < Size - 100; number++)
        {
            text.Append(pattern.Replace("{0}", number.ToString(), StringComparison.Ordinal));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
