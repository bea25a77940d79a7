using System.Threading.Channels;

namespace MusicSocial.Server.Catalog.Scanning;

/// <summary>Reports changes in the music folders, as far as the operating system does.</summary>
internal sealed partial class FolderWatch(MusicFolders folders, ILogger<FolderWatch> logger) : IDisposable
{
    private sealed record Watched(FileSystemWatcher Watcher, DateTime CreatedAt)
    {
        public volatile bool HasFailed;
    }

    private readonly Dictionary<string, Watched> _watched = [];

    // One pending signal is enough: a scan looks at everything.
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>
    /// Watches every folder that exists and is not watched. A watcher that failed is replaced, and so is one whose folder was deleted and made
    /// again or has another disk mounted on it: the operating system goes on watching what was there before and reports no error.
    /// </summary>
    public void WatchAll()
    {
        foreach (var (key, folder) in folders.All)
        {
            var exists = Directory.Exists(folder);
            if (_watched.TryGetValue(key, out var watched))
            {
                if (exists && !watched.HasFailed && watched.CreatedAt == Directory.GetCreationTimeUtc(folder))
                    continue;
                watched.Watcher.Dispose();
                _watched.Remove(key);
            }

            if (exists)
                Watch(key, folder);
        }
    }

    /// <summary>Completes at the next change, or at one that has already happened since the last call.</summary>
    public async Task NextChangeAsync(CancellationToken cancellationToken) => await _changes.Reader.ReadAsync(cancellationToken);

    /// <summary>Has the folders scanned as if something had changed in them.</summary>
    public void Notify() => _changes.Writer.TryWrite(true);

    private void Watch(string key, string folder)
    {
        var watched = new Watched(new FileSystemWatcher(folder) { IncludeSubdirectories = true }, Directory.GetCreationTimeUtc(folder));
        var watcher = watched.Watcher;
        watcher.Created += (_, _) => _changes.Writer.TryWrite(true);
        watcher.Changed += (_, _) => _changes.Writer.TryWrite(true);
        watcher.Deleted += (_, _) => _changes.Writer.TryWrite(true);
        watcher.Renamed += (_, _) => _changes.Writer.TryWrite(true);
        watcher.Error += (_, error) => watched.HasFailed = watched.HasFailed || IsFailure(error.GetException(), folder);
        try
        {
            watcher.EnableRaisingEvents = true;
            _watched[key] = watched;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // Too many watches, or a file system without notifications: the periodic rescan remains.
            LogNotWatched(exception, folder);
            watcher.Dispose();
        }
    }

    /// <summary>Whether the watcher of a folder is to be replaced after this error; has the folder scanned when events were lost.</summary>
    internal bool IsFailure(Exception exception, string folder)
    {
        switch (exception)
        {
            case UnauthorizedAccessException:
                // One folder inside (such as lost+found) cannot be listed; everything else is watched.
                LogUnreadable(exception.Message, folder);
                return false;
            case InternalBufferOverflowException:
                LogOverflow(folder);
                _changes.Writer.TryWrite(true);
                return false;
            default:
                LogNotWatched(exception, folder);
                return true;
        }
    }

    public void Dispose()
    {
        foreach (var watched in _watched.Values)
            watched.Watcher.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Folder} is not watched: changes in it are found by the periodic rescan (Catalog:RescanEvery), which tries to watch it again.")]
    private partial void LogNotWatched(Exception exception, string folder);

    [LoggerMessage(Level = LogLevel.Information, Message = "Part of {Folder} is not watched because it cannot be listed; the rest is. {Reason}")]
    private partial void LogUnreadable(string reason, string folder);

    [LoggerMessage(Level = LogLevel.Information, Message = "More changed in {Folder} than could be reported one by one; it is scanned as a whole.")]
    private partial void LogOverflow(string folder);
}
