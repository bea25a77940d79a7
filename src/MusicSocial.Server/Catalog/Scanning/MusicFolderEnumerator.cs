using MusicSocial.Lyrics;
using MusicSocial.Server.Catalog.Probing;

namespace MusicSocial.Server.Catalog.Scanning;

/// <summary>
/// One walk through the music folders. Follows links, but enters no real folder twice, so that loops end; folders it may
/// not list are reported and skipped.
/// </summary>
internal sealed class MusicFolderEnumerator
{
    private const int MaxDepth = 64;

    private readonly Dictionary<string, FoundAudio> _audio = [];
    private readonly List<string> _unreadable = [];
    private readonly HashSet<string> _entered = [];

    // Links wait until all real folders were entered: a file's path is then its real one whenever it has one.
    private readonly Queue<(string Path, DirectoryInfo Target, int Depth)> _links = new();
    private readonly CancellationToken _cancellationToken;

    private MusicFolderEnumerator(CancellationToken cancellationToken) => _cancellationToken = cancellationToken;

    public static FoundMusic Through(MusicFolders folders, CancellationToken cancellationToken)
    {
        var walk = new MusicFolderEnumerator(cancellationToken);
        foreach (var (key, folder) in folders.All.Where(folder => Directory.Exists(folder.Value)))
            walk.Enter($"{key}/", new DirectoryInfo(folder), depth: 0);
        while (walk._links.TryDequeue(out var link))
            walk.Enter(link.Path, link.Target, link.Depth);
        return new FoundMusic(walk._audio, walk._unreadable);
    }

    private void Enter(string path, DirectoryInfo folder, int depth)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (depth > MaxDepth || !_entered.Add(folder.FullName))
            return;
        try
        {
            var entries = folder.GetFileSystemInfos();
            var files = new FolderFiles(path, entries.OfType<FileInfo>());
            foreach (var audio in files.Audio())
                _audio.TryAdd(audio.Path, audio);
            foreach (var child in entries.OfType<DirectoryInfo>().Where(child => !child.Name.StartsWith('.')))
                Visit($"{path}{child.Name}/", child, depth + 1);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _unreadable.Add(path);
        }
    }

    private void Visit(string path, DirectoryInfo folder, int depth)
    {
        if (folder.LinkTarget is null)
            Enter(path, folder, depth);
        else if (folder.ResolveLinkTarget(returnFinalTarget: true) is DirectoryInfo { Exists: true } target)
            _links.Enqueue((path, target, depth));
    }
}

/// <summary>An audio file found in the music folders, not yet read.</summary>
/// <param name="Path"><c>{folder key}/{relative path}</c>.</param>
/// <param name="FullPath">The same on this machine.</param>
/// <param name="SizeBytes">As the file system says.</param>
/// <param name="ModifiedMs">Last write, Unix milliseconds.</param>
/// <param name="Cover">The image beside it, the best one.</param>
/// <param name="Lyrics">Files beside it that promise lyrics, the richest format first.</param>
internal sealed record FoundAudio(
    string Path, string FullPath, long SizeBytes, long ModifiedMs, FileBeside? Cover, IReadOnlyList<FileBeside> Lyrics)
{
    public long CoverStamp => Cover?.Stamp ?? 0;

    public long LyricsStamp => Lyrics.Aggregate(0L, (stamp, file) => unchecked((stamp * 31) + file.Stamp));
}

/// <summary>A file beside an audio file.</summary>
/// <param name="Path"><c>{folder key}/{relative path}</c>.</param>
/// <param name="FullPath">The same on this machine.</param>
/// <param name="Stamp">Changes when the file does.</param>
internal sealed record FileBeside(string Path, string FullPath, long Stamp);

/// <summary>What was found in the music folders.</summary>
/// <param name="Audio">By path.</param>
/// <param name="Unreadable">Paths of folders that could not be listed, each ending with a slash: nothing is known about their content.</param>
internal sealed record FoundMusic(IReadOnlyDictionary<string, FoundAudio> Audio, IReadOnlyList<string> Unreadable);

/// <summary>The files of one folder: which are music, and which cover and lyrics belong to each.</summary>
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
            // A broken link is no file; an empty file has no audio (yet).
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
