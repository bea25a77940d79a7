namespace MusicSocial.Server.Catalog.Scanning;

/// <summary>A track as the scanner found it.</summary>
internal sealed record ScannedTrack(string Id, string Title, string Artist, string? Album, long DurationMs, AudioFile File);
