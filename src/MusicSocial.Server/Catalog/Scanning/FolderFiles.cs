using System.Text.RegularExpressions;
using MusicSocial.Lyrics;
using MusicSocial.Server.Catalog.Probing;

namespace MusicSocial.Server.Catalog.Scanning;

/// <summary>The files of one folder: which are music, and which covers and lyrics belong to each.</summary>
internal sealed partial class FolderFiles
{
    // The richest first: timed words before timed lines before plain text.
    private static readonly LyricFormat[] LyricPreference =
    [
        LyricFormat.Ttml, LyricFormat.Lyricsfile, LyricFormat.EnhancedLrc, LyricFormat.BracketLrc, LyricFormat.Yrc, LyricFormat.Qrc,
        LyricFormat.Krc, LyricFormat.Lrc, LyricFormat.Id3, LyricFormat.WebVtt, LyricFormat.Srt, LyricFormat.Text,
    ];

    private sealed record LyricFile(FolderFile File, int Format, int Name);

    private readonly FolderImages _images;
    private readonly List<FolderFile> _audio;
    private readonly ILookup<string, LyricFile> _lyrics;

    public FolderFiles(FolderEntries entries, FolderImages images)
    {
        _images = images;
        _audio = [.. entries.Files.Where(file => AudioFormats.ContentTypeOf(file.Info.Name) is not null)];
        var beside = entries.Files.Select(file => (File: file, Aside: false));
        var aside = entries.LyricsAside().Select(file => (File: file, Aside: true));
        _lyrics = beside.Concat(aside).Where(file => LyricFormats.FromFileName(file.File.Info.Name) is not null)
            .SelectMany(file => NamesOf(file.File.Key).Select((name, rank) => (Name: name, Lyrics: ToLyrics(file.File, rank + (file.Aside ? 10 : 0)))))
            .ToLookup(named => named.Name, named => named.Lyrics);
    }

    public IEnumerable<FoundAudio> Audio()
    {
        foreach (var file in _audio)
        {
            var real = FolderFile.Follow(file.Info);
            // A broken link is no file; an empty file has no audio (yet).
            if (real is { Exists: true, Length: > 0 })
            {
                yield return new FoundAudio(
                    file.Path, file.Info.FullName, real.Length, FolderFile.ModifiedMs(real), FileChangeTime.Of(real.FullName), _images.Of(file), LyricsOf(file));
            }
        }
    }

    /// <summary>A file with an odd name, with what belongs to it.</summary>
    public FoundAudio Found(OddFile odd)
    {
        var file = new FolderFile(odd.Path, new FileInfo(odd.FullPath));
        return new FoundAudio(odd.Path, odd.FullPath, odd.SizeBytes, odd.ModifiedMs, FileChangeTime.Of(odd.FullPath), _images.Of(file), LyricsOf(file));
    }

    private static LyricFile ToLyrics(FolderFile file, int name) =>
        new(file, Array.IndexOf(LyricPreference, LyricFormats.FromFileName(file.Info.Name)!.Value), name);

    /// <summary>The songs a lyrics file may belong to: <c>Song.lrc</c>, <c>Song.mp3.lrc</c>, <c>Song.en.lrc</c>, <c>Song.mp3.en.lrc</c>.</summary>
    private static IEnumerable<string> NamesOf(string key)
    {
        yield return key;
        var spoken = Language().Replace(key, "");
        if (AudioFormats.ContentTypeOf(key) is not null)
            yield return Path.GetFileNameWithoutExtension(key);
        else if (spoken.Length > 0 && spoken.Length < key.Length)
            yield return AudioFormats.ContentTypeOf(spoken) is null ? spoken : Path.GetFileNameWithoutExtension(spoken);
    }

    private List<FileBeside> LyricsOf(FolderFile audio) =>
        [.. _lyrics[audio.Key]
            .OrderBy(lyrics => lyrics.Format).ThenBy(lyrics => lyrics.Name).ThenBy(lyrics => lyrics.File.Path, StringComparer.Ordinal)
            .Select(lyrics => lyrics.File.Beside())
            .OfType<FileBeside>()];

    [GeneratedRegex(@"\.[A-Z]{2,3}([-_][A-Z0-9]{2,8})*$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Language();
}
