namespace MusicSocial.Server.Catalog.Scanning;

/// <summary>
/// One walk through the music folders. Follows links, but enters no real folder twice, so that loops end; folders it may
/// not list are reported and passed by.
/// </summary>
internal sealed class MusicWalk
{
    private const int MaxDepth = 64;

    private readonly Dictionary<string, FoundAudio> _audio = [];
    private readonly List<string> _unreadable = [];
    private readonly HashSet<string> _entered = [];

    // Links wait until all real folders were entered: a file's path is then its real one whenever it has one.
    private readonly Queue<(string Path, DirectoryInfo Target, int Depth)> _links = new();
    private readonly CancellationToken _cancellationToken;

    private MusicWalk(CancellationToken cancellationToken) => _cancellationToken = cancellationToken;

    public static FoundMusic Through(MusicFolders folders, CancellationToken cancellationToken)
    {
        var walk = new MusicWalk(cancellationToken);
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
