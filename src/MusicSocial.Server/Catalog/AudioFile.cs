namespace MusicSocial.Server.Catalog;

/// <summary>The file a track is heard from, and what lies beside it.</summary>
/// <param name="Path"><c>{folder key}/{relative path}</c>, the folder key names a configured music folder.</param>
/// <param name="SizeBytes">With <paramref name="ModifiedMs"/>: a file that kept both is not read again.</param>
/// <param name="ModifiedMs">Last write, Unix milliseconds.</param>
/// <param name="Fingerprint">Identity of the content.</param>
/// <param name="ContentType">MIME type of the audio.</param>
/// <param name="Cover">The image beside the file, if any.</param>
/// <param name="Lyrics">The readable lyrics beside the file, if any.</param>
internal sealed record AudioFile(
    string Path, long SizeBytes, long ModifiedMs, string Fingerprint, string ContentType, Sidecar? Cover, Sidecar? Lyrics);

/// <summary>A file beside the audio; its path is written like <see cref="AudioFile.Path"/>.</summary>
/// <param name="Path"><c>{folder key}/{relative path}</c>.</param>
/// <param name="Stamp">Changes when the file does.</param>
internal sealed record Sidecar(string Path, long Stamp);

/// <summary>A track as the scanner found it.</summary>
internal sealed record ScannedTrack(string Id, string Title, string Artist, string? Album, long DurationMs, AudioFile File);
