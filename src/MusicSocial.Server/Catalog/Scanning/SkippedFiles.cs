namespace MusicSocial.Server.Catalog.Scanning;

/// <summary>Files that were read and gave no track, so that they are neither read nor logged again until they change.</summary>
internal sealed class SkippedFiles
{
    private sealed record Entry(long SizeBytes, long ModifiedMs, long ChangedMs, string? CopyOf);

    private readonly Dictionary<string, Entry> _entries = [];

    public int Unreadable => _entries.Values.Count(entry => entry.CopyOf is null);

    public int Copies => _entries.Values.Count(entry => entry.CopyOf is not null);

    /// <summary>All of them, with the reason, in path order.</summary>
    public IEnumerable<SkippedFile> All =>
        _entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => new SkippedFile(entry.Key, entry.Value.CopyOf is null ? "unreadable" : "copy"));

    /// <summary>A file that cannot be read as audio.</summary>
    public void AddUnreadable(FoundAudio file) => _entries[file.Path] = new Entry(file.SizeBytes, file.ModifiedMs, file.ChangedMs, null);

    /// <summary>A file with the content of a track that is played from another one.</summary>
    public void AddCopy(FoundAudio file, string trackId) => _entries[file.Path] = new Entry(file.SizeBytes, file.ModifiedMs, file.ChangedMs, trackId);

    /// <summary>Whether nothing has changed about the file; a copy is needed once the original is away.</summary>
    public bool Holds(FoundAudio file, TrackIdentity identity) =>
        _entries.TryGetValue(file.Path, out var entry) &&
        entry.SizeBytes == file.SizeBytes && entry.ModifiedMs == file.ModifiedMs && entry.ChangedMs == file.ChangedMs &&
        (entry.CopyOf is null || identity.IsHeard(entry.CopyOf));

    /// <summary>Forgets files that are gone.</summary>
    public void Keep(IReadOnlyDictionary<string, FoundAudio> found)
    {
        foreach (var path in _entries.Keys.Where(path => !found.ContainsKey(path)).ToList())
            _entries.Remove(path);
    }

    public void Remove(FoundAudio file) => _entries.Remove(file.Path);
}
