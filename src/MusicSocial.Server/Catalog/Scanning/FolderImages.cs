using System.Text.RegularExpressions;

namespace MusicSocial.Server.Catalog.Scanning;

/// <summary>The pictures of one folder that may be covers, by the names people and programs give them.</summary>
internal sealed partial class FolderImages
{
    // By quality: what keeps more of a picture is asked first.
    private static readonly string[] Extensions = [".webp", ".png", ".jpg", ".jpeg", ".gif", ".bmp"];

    /// <summary>Names of fronts, the plainest first.</summary>
    private static readonly string[] Fronts = ["COVER", "FOLDER", "FRONT", "ALBUM", "ALBUMART", "ALBUMCOVER", "ARTWORK", "ART"];

    /// <summary>Words of pictures that are no front.</summary>
    private static readonly string[] Others = ["BACK", "INLAY", "INLET", "BOOKLET", "INSIDE", "TRAY", "MATRIX", "ARTIST", "LABEL", "OBI", "DISC", "CD", "LOGO", "SPINE"];

    private readonly ILookup<string, FolderFile> _byName;

    private FolderImages(ILookup<string, FolderFile> byName, IReadOnlyList<FileBeside> shared) => (_byName, Shared) = (byName, shared);

    public static FolderImages None { get; } = new(Array.Empty<FolderFile>().ToLookup(file => file.Key), []);

    /// <summary>Pictures of the whole folder, the best first.</summary>
    public IReadOnlyList<FileBeside> Shared { get; }

    /// <summary>The pictures of a folder, of the folders for pictures in it, and, where it is one disc of several and has none, of the folder above.</summary>
    public static FolderImages Of(FolderEntries entries, string folderName, FolderImages above)
    {
        var images = Among(entries.Files);
        var ranked = Ranked(images);
        if (ranked.Count == 0)
            ranked = Ranked(Among(entries.ImagesAside()));
        var shared = ranked.Select(image => image.Beside()).OfType<FileBeside>().ToList();
        if (shared.Count == 0 && Disc().IsMatch(folderName))
            return new FolderImages(images.ToLookup(image => image.Key), above.Shared);
        return new FolderImages(images.ToLookup(image => image.Key), shared);
    }

    /// <summary>The pictures that may be the cover of a song: its own, then those of the folder.</summary>
    public IReadOnlyList<FileBeside> Of(FolderFile audio)
    {
        var own = _byName[audio.Key].OrderBy(ExtensionRank).Select(image => image.Beside()).OfType<FileBeside>().ToList();
        return own.Count == 0 ? Shared : [.. own, .. Shared];
    }

    private static List<FolderFile> Among(IEnumerable<FolderFile> files) => [.. files.Where(file => ExtensionRank(file) >= 0)];

    private static List<FolderFile> Ranked(List<FolderFile> images) =>
        [.. images.Select(image => (Image: image, Rank: images.Count == 1 ? 0 : RankOf(image.Key))).Where(ranked => ranked.Rank >= 0)
            .OrderBy(ranked => ranked.Rank).ThenBy(ranked => ExtensionRank(ranked.Image)).ThenBy(ranked => ranked.Image.Info.Name, StringComparer.Ordinal)
            .Select(ranked => ranked.Image)];

    private static int RankOf(string key)
    {
        var plain = Array.IndexOf(Fronts, key);
        if (plain >= 0)
            return plain;
        var words = Words().Matches(key).Select(word => word.Value).ToList();
        if (words.Contains("FRONT"))
            return Fronts.Length;
        if (words.Intersect(Others).Any())
            return -1;
        // What Windows Media Player leaves: AlbumArt_{...}_Large and AlbumArtSmall.
        var isSmall = key.EndsWith("SMALL", StringComparison.Ordinal);
        return words.Exists(word => word is "COVER" or "FOLDER" or "ALBUMART" or "ARTWORK") || key.StartsWith("ALBUMART", StringComparison.Ordinal)
            ? Fronts.Length + (isSmall ? 2 : 1)
            : -1;
    }

    private static int ExtensionRank(FolderFile file) => Array.IndexOf(Extensions, file.Info.Extension.ToLowerInvariant());

    [GeneratedRegex("[A-Z]+", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Words();

    [GeneratedRegex(@"^(cd|dis[ck]|lp|side|vinyl|tape|part|volume|vol)[\s._-]*([0-9]{1,3}|[a-h]|one|two|three|four)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Disc();
}
