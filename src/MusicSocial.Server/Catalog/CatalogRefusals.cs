namespace MusicSocial.Server.Catalog;

internal static class CatalogRefusals
{
    public static readonly Refusal TrackNotFound = new("track.not_found", RefusalKind.NotFound, "The catalog has no such track.");
    public static readonly Refusal ChunkNotFound = new("track.chunk_not_found", RefusalKind.NotFound, "The track has no such chunk.");
    public static readonly Refusal OpusNotFound = new("track.opus_not_found", RefusalKind.NotFound, "The track is not there as Opus.");
}
