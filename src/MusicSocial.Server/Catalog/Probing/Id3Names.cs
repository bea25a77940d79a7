using System.Text;
using System.Text.Unicode;
using MusicSocial.Lyrics.Encodings;

namespace MusicSocial.Server.Catalog.Probing;

/// <summary>
/// What the ID3 tags of a file call it: every value of a frame, in the encodings that taggers really wrote. ffprobe keeps the first value only and takes
/// what claims to be Latin-1 for Latin-1.
/// </summary>
internal static class Id3Names
{
    private const int OldTagBytes = 128;

    private sealed record Text(string Id, byte[] Bytes, bool IsWide, bool IsBigEndian, bool MayBeAnything);

    /// <summary>The names of the file, where its tags give any; else those it has.</summary>
    /// <param name="fullPath">The file.</param>
    /// <param name="probed">What is known of it.</param>
    /// <param name="encoding">That of its folder, where the owner named one.</param>
    public static ProbedAudio Apply(string fullPath, ProbedAudio probed, string? encoding)
    {
        var texts = Id3Frames.Read(fullPath, Id3Frame.IsText).Select(frame => ToText(frame.Id, frame.Body)).OfType<Text>().ToList();
        if (!texts.Exists(text => text.Id is "TIT2" or "TT2" or "TPE1" or "TP1" or "TALB" or "TAL"))
            return ApplyOld(fullPath, probed, encoding);
        var old = EncodingOf(texts.Where(text => text.MayBeAnything).Select(text => text.Bytes), encoding);
        return probed with
        {
            Title = First("TIT2", "TT2") ?? probed.Title,
            Artist = First("TPE1", "TP1") ?? First("TPE2", "TP2") ?? probed.Artist,
            Album = First("TALB", "TAL") ?? probed.Album,
        };

        string? First(string id, string oldId) =>
            texts.Where(text => text.Id == id || text.Id == oldId).Select(text => Names.Join(Values(text, old))).FirstOrDefault(name => name is not null);
    }

    /// <summary>ID3v1: thirty bytes a field at the end of the file, in any encoding.</summary>
    private static ProbedAudio ApplyOld(string fullPath, ProbedAudio probed, string? encoding)
    {
        if (ReadOld(fullPath) is not { } tag)
            return probed;
        byte[][] fields = [Field(tag, 3), Field(tag, 33), Field(tag, 63)];
        // What is plain ASCII ffprobe reads as well, and longer names it finds elsewhere.
        var isPlain = fields.All(field => Ascii.IsValid(field));
        var names = fields.Select(EncodingOf(fields, encoding).GetString).Select(name => name.Length == 0 ? null : name).ToArray();
        return probed with
        {
            Title = (isPlain ? probed.Title : null) ?? names[0] ?? probed.Title,
            Artist = (isPlain ? probed.Artist : null) ?? names[1] ?? probed.Artist,
            Album = (isPlain ? probed.Album : null) ?? names[2] ?? probed.Album,
        };
    }

    private static byte[]? ReadOld(string fullPath)
    {
        try
        {
            using var file = new FileStream(fullPath, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            if (file.Length < OldTagBytes)
                return null;
            var tag = new byte[OldTagBytes];
            file.Position = file.Length - OldTagBytes;
            file.ReadExactly(tag);
            return tag.AsSpan().StartsWith("TAG"u8) ? tag : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static byte[] Field(byte[] tag, int at)
    {
        var field = tag.AsSpan(at, 30);
        var end = field.IndexOf((byte)0);
        return field[..(end < 0 ? field.Length : end)].TrimEnd((byte)' ').ToArray();
    }

    private static Text? ToText(string id, byte[] body) => body switch
    {
        [1, 0xFE, 0xFF, .. var text] => new Text(id, text, IsWide: true, IsBigEndian: true, MayBeAnything: false),
        [1, .. var text] => new Text(id, text, IsWide: true, IsBigEndian: false, MayBeAnything: false),
        [2, .. var text] => new Text(id, text, IsWide: true, IsBigEndian: true, MayBeAnything: false),
        [3, .. var text] when Utf8.IsValid(text) => new Text(id, text, IsWide: false, IsBigEndian: false, MayBeAnything: false),
        // Latin-1 by the letter of the standard; whatever the machine of the tagger used in fact.
        [0 or 3, .. var text] => new Text(id, text, IsWide: false, IsBigEndian: false, MayBeAnything: true),
        _ => null,
    };

    private static IEnumerable<string> Values(Text text, Encoding old)
    {
        var encoding = text.IsWide ? (text.IsBigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode) : text.MayBeAnything ? old : Encoding.UTF8;
        return encoding.GetString(text.Bytes).Split('\0').Select(value => value.Trim('\uFEFF', ' ', '\uFFFE')).Where(value => value.Length > 0);
    }

    /// <summary>One encoding for all texts of a tag: a few letters of a title say less than title, artist and album together.</summary>
    private static Encoding EncodingOf(IEnumerable<byte[]> texts, string? named)
    {
        byte[] all = [.. texts.SelectMany(text => text.Append((byte)'\n'))];
        var isPlain = Ascii.IsValid(all) || Utf8.IsValid(all);
        return !isPlain && named is not null && CodePagesEncodingProvider.Instance.GetEncoding(named) is { } encoding ? encoding : EncodingDetector.Detect(all).Encoding;
    }
}

/// <summary>Names made of several values.</summary>
internal static class Names
{
    /// <summary>All values as they are shown; null when there are none.</summary>
    public static string? Join(IEnumerable<string> values) => string.Join(", ", values.Distinct()) is { Length: > 0 } joined ? joined : null;

    /// <summary>Several Vorbis comments of one name, which ffprobe writes with semicolons between them.</summary>
    public static string? JoinComments(string? value) =>
        value is null || !value.Contains(';', StringComparison.Ordinal) ? value : Join(value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
