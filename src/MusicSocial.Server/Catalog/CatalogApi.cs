using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using MusicSocial.Server.Catalog.Chunks;
using MusicSocial.Server.Limits;

namespace MusicSocial.Server.Catalog;

internal static class CatalogApi
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapCatalogApi(this IEndpointRouteBuilder routes)
    {
        var tracks = routes.MapGroup("/api/tracks").WithTags("Catalog").WithLimitedReads();
        tracks.MapGet("/", Search);
        tracks.MapGet("/{id}", Get);
        tracks.MapMethods("/{id}/audio", Reading, Audio);
        tracks.MapMethods("/{id}/cover", Reading, Cover);
        tracks.MapGet("/{id}/chunks", ChunksOf);
        tracks.MapMethods("/{id}/chunks/{index}", Reading, Chunk);
        tracks.MapMethods("/{id}/opus", Reading, Opus);
    }

    private static async Task<Ok<Page<Track>>> Search(
        string? query, string? cursor, int? limit, TrackSearch search, CancellationToken cancellationToken) =>
        TypedResults.Ok(await search.PageAsync(query, cursor, limit, cancellationToken));

    private static async Task<Ok<Track>> Get(string id, Tracks tracks, CancellationToken cancellationToken) =>
        TypedResults.Ok(await tracks.GetAsync(id, cancellationToken));

    private static async Task<IResult> Audio(
        string id, string? v, Tracks tracks, MusicFolders folders, HttpResponse response, CancellationToken cancellationToken)
    {
        var file = (await tracks.GetWithFileAsync(id, cancellationToken)).File;
        var sent = folders.FullPathOf(file.Path) is { } fullPath ? StoredFile.TrySend(fullPath, file.ContentType, file.AudioVersion) : null;
        if (sent is null)
            throw new RefusedException(CatalogRefusals.TrackNotFound);
        StoredFile.SetLifetime(response, v, file.AudioVersion);
        return sent;
    }

    private static async Task<Ok<ChunkList>> ChunksOf(string id, Tracks tracks, TrackChunks chunks, HttpContext http, CancellationToken cancellationToken) =>
        TypedResults.Ok(chunks.Find(await tracks.GetWithFileAsync(id, cancellationToken), ClientNetwork.Of(http)));

    private static async Task<IResult> Chunk(
        string id, string index, string? v, Tracks tracks, TrackChunks chunks, HttpContext http, CancellationToken cancellationToken)
    {
        var track = await tracks.GetWithFileAsync(id, cancellationToken);
        var version = track.File.AudioVersion;
        // The list may be of another node: asking has this node cut the track too.
        chunks.Find(track, ClientNetwork.Of(http));
        var sent = int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? StoredFile.TrySend(chunks.FileOf(track, number), "audio/ogg", version)
            : null;
        if (sent is null)
            throw new RefusedException(CatalogRefusals.ChunkNotFound);
        StoredFile.SetLifetime(http.Response, v, version);
        return sent;
    }

    private static async Task<IResult> Opus(
        string id, string? v, Tracks tracks, TrackChunks chunks, HttpContext http, CancellationToken cancellationToken)
    {
        var track = await tracks.GetWithFileAsync(id, cancellationToken);
        var version = track.File.AudioVersion;
        chunks.Find(track, ClientNetwork.Of(http));
        var sent = StoredFile.TrySend(chunks.WholeOf(track), "audio/webm", version) ?? throw new RefusedException(CatalogRefusals.OpusNotFound);
        StoredFile.SetLifetime(http.Response, v, version);
        return sent;
    }

    private static async Task<IResult> Cover(
        string id, string? v, Tracks tracks, TrackCovers covers, HttpResponse response, CancellationToken cancellationToken)
    {
        // A history shows covers of tracks that are away.
        var track = await tracks.GetEvenHiddenAsync(id, cancellationToken);
        var version = track.File.CoverVersion;
        StoredFile.SetLifetime(response, v, version);
        var sent = await covers.FindAsync(track, cancellationToken) is { } cover ? StoredFile.TrySend(cover.FullPath, cover.ContentType, version) : null;
        return sent ?? TypedResults.Bytes(GeneratedCover.Draw(track.Track), GeneratedCover.ContentType, entityTag: StoredFile.Tag(version));
    }
}
