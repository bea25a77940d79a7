using Microsoft.Extensions.Options;
using MusicSocial.Server.Catalog.Scanning;

namespace MusicSocial.Server.Catalog;

/// <summary>
/// The configured music folders, each under a key (its last name, made unique), so that stored paths survive moving the
/// whole folder and mean the same on nodes that mount it elsewhere.
/// </summary>
internal sealed class MusicFolders
{
    private readonly Dictionary<string, string> _byKey = [];
    private readonly OddNames? _oddNames;

    public MusicFolders(IOptions<CatalogOptions> options, OddNames? oddNames = null)
    {
        _oddNames = oddNames;
        var configured = options.Value.Music.Split(
            [';', Path.PathSeparator], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        // Beside the program: the build and a published server carry the demo library there.
        IEnumerable<string> folders = configured.Length > 0 ? configured : [Path.Combine(AppContext.BaseDirectory, "library")];
        foreach (var folder in folders.Select(folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))).Distinct())
            _byKey[UniqueKey(Path.GetFileName(folder))] = folder;
    }

    /// <summary>Key and absolute path of every folder, in the configured order.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>> All => _byKey;

    /// <summary>
    /// The path on this machine of a stored path; null when its folder is not configured here, and when links lead out of all music folders: who may write into
    /// one (a share, a sync) must not read the rest of the machine through it.
    /// </summary>
    public string? FullPathOf(string path)
    {
        var slash = path.IndexOf('/');
        if (slash <= 0 || !_byKey.TryGetValue(path[..slash], out var folder))
            return null;
        var full = Path.Combine(folder, path[(slash + 1)..].Replace('/', Path.DirectorySeparatorChar));
        if (!Path.Exists(full) && _oddNames?.Find(path) is { } odd)
            return _byKey.Values.Any(music => RealPath.IsWithin(odd.RealPath, OddNames.Raw(RealPath.Of(music)))) ? odd.Alias : null;
        var real = RealPath.Of(full);
        return _byKey.Values.Any(music => RealPath.IsWithin(real, RealPath.Of(music))) ? full : null;
    }

    private string UniqueKey(string name)
    {
        var wanted = name.Length == 0 ? "music" : name;
        var key = wanted;
        for (var i = 2; _byKey.ContainsKey(key); i++)
            key = $"{wanted}~{i}";
        return key;
    }
}
