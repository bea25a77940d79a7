namespace MusicSocial.Server.Catalog;

/// <summary>The file a track is heard from, and what lies beside it. Paths are <c>{folder key}/{relative path}</c>, see <see cref="MusicFolders"/>.</summary>
/// <param name="Path">Where it lies.</param>
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
    public string CoverVersion => Beside.CoverStamp != 0 ? $"{Beside.CoverStamp:x}" : AudioVersion;
}
