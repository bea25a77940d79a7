using MusicSocial.Server.Catalog.Probing;

namespace MusicSocial.Server.Catalog.Scanning;

/// <summary>A file and its stored path, <c>{folder key}/{relative path}</c>.</summary>
internal sealed record FolderFile(string Path, FileInfo Info)
{
    /// <summary>The name without its extension, as names are compared.</summary>
    public string Key { get; } = KeyOf(System.IO.Path.GetFileNameWithoutExtension(Path));

    /// <summary>A name composed and in upper case: a Mac writes what it decomposed, a PC asks for it in any case.</summary>
    public static string KeyOf(string name) => SearchText.WellFormed(name).Normalize().ToUpperInvariant();

    /// <summary>As seen beside a song; null when a link leads nowhere or the file is empty.</summary>
    public FileBeside? Beside() =>
        Follow(Info) is { Exists: true, Length: > 0 } real ? new FileBeside(Path, Info.FullName, unchecked((ModifiedMs(real) * 31) + real.Length)) : null;

    public static FileInfo? Follow(FileInfo file)
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

    public static long ModifiedMs(FileInfo file) => new DateTimeOffset(file.LastWriteTimeUtc).ToUnixTimeMilliseconds();
}

/// <summary>What a folder holds, without hidden files and folders and without those of systems.</summary>
/// <param name="Path">Stored path, ending with a slash.</param>
/// <param name="Files">Files in it.</param>
/// <param name="Folders">Folders in it.</param>
internal sealed record FolderEntries(string Path, IReadOnlyList<FolderFile> Files, IReadOnlyList<DirectoryInfo> Folders)
{
    /// <summary>Folders of deleted files, snapshots and thumbnails, as file systems, servers and archives name them.</summary>
    private static readonly HashSet<string> SystemFolders = new(StringComparer.OrdinalIgnoreCase)
    {
        "$RECYCLE.BIN", "RECYCLER", "RECYCLED", "System Volume Information", "lost+found", "__MACOSX", "Network Trash Folder", "Temporary Items",
        "TheVolumeSettingsFolder", "@eaDir", "#recycle", "@Recycle", "@Recently-Snapshot", "#snapshot", "@sharesnap", "~snapshot", "@tmp", "@SynoResource",
    };

    private static readonly HashSet<string> LyricFolders = new(StringComparer.OrdinalIgnoreCase) { "lyrics", "lyric", "lrc" };
    private static readonly HashSet<string> ImageFolders = new(StringComparer.OrdinalIgnoreCase) { "cover", "covers", "artwork", "art", "scans", "images" };

    public static FolderEntries Of(string path, IEnumerable<FileSystemInfo> entries)
    {
        var shown = entries.Where(entry => !entry.Name.StartsWith('.')).ToList();
        return new FolderEntries(
            path,
            [.. shown.OfType<FileInfo>().Where(file => !IsUnnamed(file)).Select(file => new FolderFile(path + file.Name, file))],
            [.. shown.OfType<DirectoryInfo>().Where(folder => !IsOfSystem(folder.Name) && !IsUnnamed(folder))]);
    }

    /// <summary>Whether it is music or a folder whose name the system cannot write in UTF-8: what it reads instead does not exist.</summary>
    public static bool IsUnnamed(FileSystemInfo entry) =>
        entry.Name.Contains('\uFFFD', StringComparison.Ordinal) && !System.IO.Path.Exists(entry.FullName) && (entry is DirectoryInfo || AudioFormats.ContentTypeOf(entry.Name) is not null);

    /// <summary>Files of the folders in it that are named after lyrics.</summary>
    public IEnumerable<FolderFile> LyricsAside() => Aside(LyricFolders);

    /// <summary>Files of the folders in it that are named after pictures.</summary>
    public IEnumerable<FolderFile> ImagesAside() => Aside(ImageFolders);

    private static bool IsOfSystem(string name) => SystemFolders.Contains(name) || name.StartsWith("@GMT-", StringComparison.OrdinalIgnoreCase);

    private IEnumerable<FolderFile> Aside(HashSet<string> names) =>
        Folders.Where(folder => names.Contains(folder.Name)).SelectMany(folder => FilesOf(folder).Select(file => new FolderFile($"{Path}{folder.Name}/{file.Name}", file)));

    private static FileInfo[] FilesOf(DirectoryInfo folder)
    {
        try
        {
            return [.. folder.GetFiles().Where(file => !file.Name.StartsWith('.'))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
