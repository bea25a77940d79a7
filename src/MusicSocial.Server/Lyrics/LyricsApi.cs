using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using MusicSocial.Realtime.Wire;
using MusicSocial.Server.Accounts;
using MusicSocial.Sync;

namespace MusicSocial.Server.Lyrics;

internal static class LyricsApi
{
    private const int MaxHintLength = 40;

    public static void MapLyricsApi(this IEndpointRouteBuilder routes)
    {
        var lyrics = routes.MapGroup("/api/tracks/{id}/lyrics").WithTags("Lyrics");
        lyrics.MapGet("/", Get).Produces<CueSheet>();
        lyrics.MapPut("/", Put).Produces<CueSheet>().RequireAuthorization();
    }

    private static async Task<FileContentHttpResult> Get(
        string id, CueSheets sheets, HttpResponse response, CancellationToken cancellationToken) =>
        await sheets.FindAsync(id, cancellationToken) is { } lyrics
            ? Send(lyrics, response)
            : throw new RefusedException(LyricsRefusals.None);

    private static async Task<FileContentHttpResult> Put(
        string id, string? format, string? encoding, HttpRequest request, CurrentUser user, LyricUploads uploads, CancellationToken cancellationToken)
    {
        var upload = new LyricRevision(await LyricsBody.ReadAsync(request, cancellationToken), Hint(format), Hint(encoding));
        return Send(await uploads.AddAsync(user, id, upload, cancellationToken), request.HttpContext.Response);
    }

    // The framework answers If-None-Match with 304 by the tag.
    private static FileContentHttpResult Send(TrackLyrics lyrics, HttpResponse response)
    {
        response.Headers.CacheControl = "no-cache";
        var json = JsonSerializer.SerializeToUtf8Bytes(CueSheet.From(lyrics.TrackId, lyrics.Sheet), WireJson.Options);
        return TypedResults.Bytes(json, "application/json; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{lyrics.Version}\""));
    }

    private static string? Hint(string? name) => string.IsNullOrEmpty(name) ? null : name[..Math.Min(name.Length, MaxHintLength)];
}
