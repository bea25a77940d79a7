using MusicSocial.Lyrics;
using MusicSocial.Server.Catalog.Probing;

namespace MusicSocial.Server.Catalog.Scanning;

/// <summary>The files of one folder: which are music, and what lies beside each.</summary>
internal sealed class FolderFiles
{
    private static readonly string[] ImageExtensions = [".webp", ".png", ".jpg", ".jpeg"];
    private static readonly string[] FolderImages = ["cover", "folder", "front"];

    // The richest first: timed words before timed lines before plain text.
    private static readonly LyricFormat[] LyricPreference =
    [
        LyricFormat.Ttml, LyricFormat.Lyricsfile, LyricFormat.EnhancedLrc, LyricFormat.BracketLrc, LyricFormat.Yrc, LyricFormat.Qrc,
        LyricFormat.Krc, LyricFormat.Lrc, LyricFormat.Id3, LyricFormat.WebVtt, LyricFormat.Srt, LyricFormat.Text,
    ];

    private readonly string _path;
    private readonly List<FileInfo> _audio = [];
    private readonly Dictionary<string, FileInfo> _images = new(StringComparer.OrdinalIgnoreCase);
    private readonly ILookup<string, FileInfo> _lyrics;

    public FolderFiles(string path, IEnumerable<FileInfo> files)
    {
        _path = path;
        var lyrics = new List<FileInfo>();
        foreach (var file in files.Where(file => !file.Name.StartsWith('.')))
        {
            if (AudioFormats.ContentTypeOf(file.Name) is not null)
                _audio.Add(file);
            else if (ImageExtensions.Contains(file.Extension, StringComparer.OrdinalIgnoreCase))
                _images.TryAdd(file.Name, file);
            else if (LyricFormats.FromFileName(file.Name) is not null)
                lyrics.Add(file);
        }

        _lyrics = lyrics.ToLookup(BaseName);
    }

    public IEnumerable<FoundAudio> Audio()
    {
        foreach (var file in _audio)
        {
            var real = Follow(file);
            // A link that leads nowhere is no file; one of length zero has nothing to hear (yet).
            if (real is { Exists: true, Length: > 0 })
                yield return new FoundAudio(_path + file.Name, file.FullName, real.Length, ModifiedMs(real), CoverOf(file), LyricsOf(file));
        }
    }

    private FileBeside? CoverOf(FileInfo audio)
    {
        foreach (var name in FolderImages.Prepend(BaseName(audio)))
        {
            foreach (var extension in ImageExtensions)
            {
                if (_images.TryGetValue(name + extension, out var image) && Beside(image) is { } cover)
                    return cover;
            }
        }

        return null;
    }

    private List<FileBeside> LyricsOf(FileInfo audio) =>
        [.. _lyrics[BaseName(audio)]
            .OrderBy(file => Array.IndexOf(LyricPreference, LyricFormats.FromFileName(file.Name)!.Value))
            .ThenBy(file => file.Name, StringComparer.Ordinal)
            .Select(Beside)
            .OfType<FileBeside>()];

    private FileBeside? Beside(FileInfo file) =>
        Follow(file) is { Exists: true, Length: > 0 } real
            ? new FileBeside(_path + file.Name, file.FullName, unchecked((ModifiedMs(real) * 31) + real.Length))
            : null;

    private static FileInfo? Follow(FileInfo file)
    {
        try
        {
            return file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string BaseName(FileInfo file) => Path.GetFileNameWithoutExtension(file.Name);

    private static long ModifiedMs(FileInfo file) => new DateTimeOffset(file.LastWriteTimeUtc).ToUnixTimeMilliseconds();
}
