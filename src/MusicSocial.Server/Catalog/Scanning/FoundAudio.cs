namespace MusicSocial.Server.Catalog.Scanning;

/// <summary>An audio file a walk came by, not yet read.</summary>
/// <param name="Path"><c>{folder key}/{relative path}</c>.</param>
/// <param name="FullPath">Where it lies on this machine.</param>
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
/// <param name="FullPath">Where it lies on this machine.</param>
/// <param name="Stamp">Changes when the file does.</param>
internal sealed record FileBeside(string Path, string FullPath, long Stamp);

/// <summary>What a walk through the folders came by.</summary>
/// <param name="Audio">By path.</param>
/// <param name="Unreadable">Paths of folders that could not be listed, each ending with a slash: nothing is known about what lies in them.</param>
internal sealed record FoundMusic(IReadOnlyDictionary<string, FoundAudio> Audio, IReadOnlyList<string> Unreadable);
