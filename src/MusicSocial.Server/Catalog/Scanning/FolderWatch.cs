using System.Threading.Channels;

namespace MusicSocial.Server.Catalog.Scanning;

/// <summary>Tells when something changes in the music folders, as far as the operating system says so.</summary>
internal sealed partial class FolderWatch(MusicFolders folders, ILogger<FolderWatch> logger) : IDisposable
{
    private readonly Dictionary<string, FileSystemWatcher> _watchers = [];

    // One pending signal is enough: a scan looks at everything.
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Watches every folder that exists and is not watched yet.</summary>
    public void WatchAll()
    {
        foreach (var (key, folder) in folders.All)
        {
            if (!_watchers.ContainsKey(key) && Directory.Exists(folder))
                Watch(key, folder);
        }
    }

    /// <summary>Completes at the next change, or at one that has already happened since the last call.</summary>
    public async Task NextChangeAsync(CancellationToken cancellationToken) => await _changes.Reader.ReadAsync(cancellationToken);

    private void Watch(string key, string folder)
    {
        var watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true };
        watcher.Created += (_, _) => _changes.Writer.TryWrite(true);
        watcher.Changed += (_, _) => _changes.Writer.TryWrite(true);
        watcher.Deleted += (_, _) => _changes.Writer.TryWrite(true);
        watcher.Renamed += (_, _) => _changes.Writer.TryWrite(true);
        watcher.Error += (_, error) => LogLost(error.GetException(), folder);
        try
        {
            watcher.EnableRaisingEvents = true;
            _watchers[key] = watcher;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException)
        {
            // Too many watches, or a file system without notifications: the periodic rescan remains.
            LogLost(exception, folder);
            watcher.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var watcher in _watchers.Values)
            watcher.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Changes in {Folder} may go unseen until the next periodic rescan.")]
    private partial void LogLost(Exception exception, string folder);
}
