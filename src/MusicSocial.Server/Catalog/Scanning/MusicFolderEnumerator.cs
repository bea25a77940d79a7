namespace MusicSocial.Server.Catalog.Scanning;

/// <summary>
/// One walk through the music folders. Follows links, but enters no real folder twice, so that loops end; folders it may
/// not list are reported and skipped, and so are recycle bins, snapshots and what ignore files leave out.
/// </summary>
internal sealed class MusicFolderEnumerator
{
    private const int MaxDepth = 64;

    private sealed record Visit(string Path, DirectoryInfo Folder, int Depth, IgnoreRules Rules, FolderImages Above);

    private readonly Dictionary<string, FoundAudio> _audio = [];
    private readonly List<string> _unreadable = [];
    private readonly List<string> _unnamed = [];
    private readonly HashSet<string> _entered = [];

    // Links wait until all real folders were entered: a file's path is then its real one whenever it has one.
    private readonly Queue<Visit> _links = new();
    private readonly OddNames _oddNames;
    private readonly CancellationToken _cancellationToken;

    private MusicFolderEnumerator(OddNames oddNames, CancellationToken cancellationToken) => (_oddNames, _cancellationToken) = (oddNames, cancellationToken);

    public static FoundMusic Through(MusicFolders folders, OddNames oddNames, CancellationToken cancellationToken)
    {
        var walk = new MusicFolderEnumerator(oddNames, cancellationToken);
        foreach (var (key, folder) in folders.All.Where(folder => Directory.Exists(folder.Value)))
            walk.Enter(new Visit($"{key}/", new DirectoryInfo(folder), 0, IgnoreRules.None, FolderImages.None));
        while (walk._links.TryDequeue(out var link))
            walk.Enter(link);
        return new FoundMusic(walk._audio, walk._unreadable, walk._unnamed);
    }

    private void Enter(Visit visit)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (visit.Depth > MaxDepth || !_entered.Add(visit.Folder.FullName))
            return;
        try
        {
            var entries = visit.Folder.GetFileSystemInfos();
            if (visit.Rules.Within(entries) is not { } rules)
                return;
            var within = FolderEntries.Of(visit.Path, entries.Where(entry => !rules.LeavesOut(entry)));
            var images = FolderImages.Of(within, visit.Folder.Name, visit.Above);
            var files = new FolderFiles(within, images);
            foreach (var audio in files.Audio().Concat(Odd(visit, entries).Select(files.Found)))
                _audio.TryAdd(audio.Path, audio);
            foreach (var child in within.Folders)
                Go(new Visit($"{visit.Path}{child.Name}/", child, visit.Depth + 1, rules, images));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _unreadable.Add(visit.Path);
        }
    }

    private IReadOnlyList<OddFile> Odd(Visit visit, FileSystemInfo[] entries)
    {
        var unnamed = entries.Where(FolderEntries.IsUnnamed).ToList();
        var odd = unnamed.Count == 0 ? [] : _oddNames.In(visit.Folder.FullName, visit.Path);
        _unnamed.AddRange(unnamed.Where(entry => entry is DirectoryInfo || odd.Count == 0).Select(entry => visit.Path + entry.Name));
        return odd;
    }

    private void Go(Visit visit)
    {
        if (visit.Folder.LinkTarget is null)
            Enter(visit);
        else if (visit.Folder.ResolveLinkTarget(returnFinalTarget: true) is DirectoryInfo { Exists: true } target)
            _links.Enqueue(visit with { Folder = target });
    }
}

/// <summary>An audio file found in the music folders, not yet read.</summary>
/// <param name="Path"><c>{folder key}/{relative path}</c>.</param>
/// <param name="FullPath">The same on this machine.</param>
/// <param name="SizeBytes">As the file system says.</param>
/// <param name="ModifiedMs">Last write, Unix milliseconds.</param>
/// <param name="ChangedMs">Last change of any kind, see <see cref="FileChangeTime"/>.</param>
/// <param name="Covers">Images that may be its cover, the best one first.</param>
/// <param name="Lyrics">Files beside it that promise lyrics, the richest format first.</param>
internal sealed record FoundAudio(
    string Path, string FullPath, long SizeBytes, long ModifiedMs, long ChangedMs, IReadOnlyList<FileBeside> Covers, IReadOnlyList<FileBeside> Lyrics)
{
    public long CoverStamp { get; } = StampOf(Covers);

    public long LyricsStamp { get; } = StampOf(Lyrics);

    private static long StampOf(IReadOnlyList<FileBeside> files) => files.Aggregate(0L, (stamp, file) => unchecked((stamp * 31) + file.Stamp));
}

/// <summary>A file beside an audio file.</summary>
/// <param name="Path"><c>{folder key}/{relative path}</c>.</param>
/// <param name="FullPath">The same on this machine.</param>
/// <param name="Stamp">Changes when the file does.</param>
internal sealed record FileBeside(string Path, string FullPath, long Stamp);

/// <summary>What was found in the music folders.</summary>
/// <param name="Audio">By path.</param>
/// <param name="Unreadable">Paths of folders that could not be listed, each ending with a slash: nothing is known about their content.</param>
/// <param name="Unnamed">Paths of music files and folders that cannot be opened because their names are not in UTF-8, as far as they can be written.</param>
internal sealed record FoundMusic(IReadOnlyDictionary<string, FoundAudio> Audio, IReadOnlyList<string> Unreadable, IReadOnlyList<string> Unnamed);
