using System.Text;

namespace MusicSocial.Lyrics.Tests.Hostile;

/// <summary>Random bytes, and real files with random damage, never throw and never give an unsound sheet. Seeds are fixed: a failure repeats.</summary>
public sealed class FuzzTests
{
    private static readonly string[] Fragments =
    [
        "[00:01.00]", "[00:01:50]", "[1:00:01.5]", "<00:02.00>", "[bg:", "v1: ", "F: ", "[tr:de]", "[offset:-99999999999]", "[ti:x]", "]", "[", "<", ">",
        "(", ")", "[0,90]", "(0,40)", "(0,40,0)", "<0,500,0>", "{\"t\":0}", "WEBVTT\n\n", "00:01.000 --> 00:02.000\n", "1\n00:00:01,000 --> 00:00:02,000\n",
        "<v Ann>", "<c.bg>", "&amp;", "&#xD800;", "&", "<i>", "{\\an8}", "<tt>", "<tt xmlns='http://www.w3.org/ns/ttml'><body><div><p begin='1s' end='2s'>",
        "<span begin='1s' end='9t'>", "</span>", "</p>", "</div></body></tt>", "<br/>", "<span ttm:role='x-bg'>", "<!--", "-->", "<?xml version='1.0'?>",
        "<QrcInfos LyricContent=\"", "\"/>", "version: '1.0'\n", "metadata:\n", "lines:\n", "  - text: a\n", "    start_ms: 5\n", "    words:\n", "      - {text: a, start_ms: 1}\n",
        "plain: |\n", "? ", "- ", "&a ", "*a", "\n", "\r\n", "\n\n", " ", "\t", "\u3000", "la", "さくら", "é", "🎵", "\0", "\uFEFF", "99999999999999999999", "-1", ",", ":",
    ];

    [Theory]
    [InlineData(1, 4_000)]
    [InlineData(2, 4_000)]
    public void Random_bytes_are_read_or_refused(int seed, int count)
    {
        var random = new Random(seed);
        for (var round = 0; round < count; round++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            ReadAnyhow(bytes, random);
        }
    }

    [Theory]
    [InlineData(3, 20_000)]
    [InlineData(4, 20_000)]
    public void Random_pieces_of_every_format_are_read_or_refused(int seed, int count)
    {
        var random = new Random(seed);
        for (var round = 0; round < count; round++)
        {
            var text = string.Concat(random.GetItems(Fragments, random.Next(1, 25)));
            ReadAnyhow(Encoding.UTF8.GetBytes(text), random);
        }
    }

    [Theory]
    [InlineData(5, 100)]
    public void Damaged_files_are_read_or_refused(int seed, int perFile)
    {
        var random = new Random(seed);
        foreach (var vector in Vectors.LyricVector.All.Values.Where(vector => vector.Kind is null && vector.InputGen is null))
        {
            for (var round = 0; round < perFile; round++)
            {
                ReadAnyhow(Damaged(vector.Bytes, random), random);
            }
        }
    }

    private static byte[] Damaged(byte[] file, Random random)
    {
        var bytes = file.ToList();
        for (var hits = random.Next(1, 4); hits > 0 && bytes.Count > 0; hits--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Fragments[random.Next(Fragments.Length)]));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }

    private static void ReadAnyhow(byte[] bytes, Random random)
    {
        var formats = Enum.GetValues<LyricFormat>();
        SheetAssert.ReadsOrRefuses(bytes, format: null);
        SheetAssert.ReadsOrRefuses(bytes, formats[random.Next(formats.Length)], random.Next(2) == 0 ? null : "gb18030");
    }
}
