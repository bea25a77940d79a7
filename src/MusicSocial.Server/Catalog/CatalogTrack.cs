namespace MusicSocial.Server.Catalog;

/// <summary>A track, the file it is played from, and whether that file is there.</summary>
internal sealed record CatalogTrack(Track Track, AudioFile File, bool Present);

/// <summary>The file a track is played from, and the files beside it. Paths are <c>{folder key}/{relative path}</c>, see <see cref="MusicFolders"/>.</summary>
/// <param name="Path">The audio file.</param>
/// <param name="SizeBytes">With <paramref name="ModifiedMs"/>: a file that kept both is not read again.</param>
/// <param name="ModifiedMs">Last write, Unix milliseconds.</param>
/// <param name="Fingerprint">Identity of the content, see <see cref="Scanning.Fingerprint"/>.</param>
/// <param name="ContentType">MIME type of the audio.</param>
/// <param name="Beside">Cover and lyrics.</param>
internal sealed record AudioFile(
    string Path, long SizeBytes, long ModifiedMs, string Fingerprint, string ContentType, Sidecars Beside)
{
    /// <summary>Changes when the audio does; part of its URL and its ETag.</summary>
    public string AudioVersion => $"{ModifiedMs:x}-{SizeBytes:x}";

    /// <summary>Changes when the cover may have changed: with the image beside the file, or with the file itself.</summary>
    public string CoverVersion => Beside.CoverStamp == 0 ? AudioVersion : Beside.CoverPath == Path ? $"{AudioVersion}-{Beside.CoverStamp:x}" : $"{Beside.CoverStamp:x}";
}

/// <summary>Cover and lyrics of an audio file.</summary>
/// <param name="CoverPath">The cover; the audio file's own path when the picture is inside it; null when there is none.</param>
/// <param name="CoverStamp">Changes when the image file does; 0 when there is none.</param>
/// <param name="LyricsPath">The first lyrics file that can be read; the audio file's own path when the lyrics are inside it; null when there are none.</param>
/// <param name="LyricsStamp">Changes when any lyrics file does; 0 when there is none.</param>
internal sealed record Sidecars(string? CoverPath, long CoverStamp, string? LyricsPath, long LyricsStamp)
{
    public static Sidecars None { get; } = new(null, 0, null, 0);
}
