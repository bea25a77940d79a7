namespace MusicSocial.Server.Catalog;

/// <summary>A track, the file it is heard from, and whether that file is there.</summary>
internal sealed record CatalogTrack(Track Track, AudioFile File, bool Present);
