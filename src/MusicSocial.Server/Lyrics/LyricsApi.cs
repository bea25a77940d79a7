using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using MusicSocial.Lyrics;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Limits;
using MusicSocial.Server.Lyrics.Editing;

namespace MusicSocial.Server.Lyrics;

internal static class LyricsApi
{
    private const int MaxHintLength = 40;

    /// <summary>JSON says in four bytes what a file says in one.</summary>
    private const int MaxSheetBytes = 4 * LyricLimits.Bytes;

    public static void MapLyricsApi(this IEndpointRouteBuilder routes)
    {
        var lyrics = routes.MapGroup("/api/tracks/{id}/lyrics").WithTags("Lyrics");
        lyrics.MapGet("/", Get).Produces<CueSheet>();
        lyrics.MapPut("/", Put).Produces<CueSheet>().RequireAuthorization();
        lyrics.MapPut("/sheet", Edit).RequireAuthorization().WithMetadata(new RequestSizeLimitAttribute(MaxSheetBytes));
        lyrics.MapPost("/shift", Shift).RequireAuthorization();
        lyrics.MapRevisions();
    }

    private static async Task<FileContentHttpResult> Get(
        string id, string? @as, ClientNetwork network, CueSheets sheets, CueSheetViews views, ExportedLyrics exported, LyricsReading reading,
        HttpResponse response, CancellationToken cancellationToken)
    {
        reading.Count(network, isComposed: @as is not null);
        var lyrics = await sheets.FindAsync(id, cancellationToken) ?? throw new RefusedException(LyricsRefusals.None);
        return @as is null
            ? await SendAsync(lyrics, views, response, cancellationToken)
            : await exported.SendAsync(lyrics, @as, response, cancellationToken);
    }

    private static async Task<FileContentHttpResult> Put(
        string id, string? format, string? encoding, HttpRequest request, CurrentUser user, LyricEditing editing, CueSheetViews views,
        CancellationToken cancellationToken)
    {
        var upload = new LyricRevision(await LyricsBody.ReadAsync(request, cancellationToken), Hint(format), Hint(encoding));
        var lyrics = await editing.UploadAsync(user, id, upload, cancellationToken);
        return await SendAsync(lyrics, views, request.HttpContext.Response, cancellationToken);
    }

    private static async Task<Ok<CueSheet>> Edit(
        string id, SheetEdit edit, CurrentUser user, LyricEditing editing, CueSheetViews views, CancellationToken cancellationToken) =>
        TypedResults.Ok(await views.ComposeAsync(await editing.EditAsync(user, id, edit, cancellationToken), cancellationToken));

    private static async Task<Ok<CueSheet>> Shift(
        string id, ShiftRequest shift, CurrentUser user, LyricEditing editing, CueSheetViews views, CancellationToken cancellationToken) =>
        TypedResults.Ok(await views.ComposeAsync(await editing.ShiftAsync(user, id, shift, cancellationToken), cancellationToken));

    // The framework answers If-None-Match with 304 by the tag.
    private static async Task<FileContentHttpResult> SendAsync(
        TrackLyrics lyrics, CueSheetViews views, HttpResponse response, CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(
            await views.WriteAsync(lyrics, cancellationToken), "application/json; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{lyrics.Version}\""));
    }

    private static string? Hint(string? name) => string.IsNullOrEmpty(name) ? null : name[..Math.Min(name.Length, MaxHintLength)];
}

/// <summary>How often one network may read lyrics: they amplify a short request into up to a mebibyte.</summary>
internal sealed class LyricsReading(RateLimiter limiter, IOptions<LyricsOptions> options)
{
    /// <summary>Counts a request; refuses <c>rate.limited</c>.</summary>
    /// <param name="network">Who asks.</param>
    /// <param name="isComposed">Whether the answer is made for this request alone.</param>
    public void Count(ClientNetwork network, bool isComposed)
    {
        limiter.Acquire("lyrics-read", network, options.Value.Reads);
        if (isComposed)
            limiter.Acquire("lyrics-export", network, options.Value.Exports);
    }
}

/// <summary>Reads an uploaded file, never more of it than lyrics may have.</summary>
internal static class LyricsBody
{
    /// <summary>The bytes; refuses <c>lyrics.too_large</c> before reading when the length is announced.</summary>
    public static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // More than allowed can be read, so that "too large" is our answer and not a connection the server broke off.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = 4 * LyricLimits.Bytes;
        if (request.ContentLength > LyricLimits.Bytes)
            throw TooLarge();

        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await request.Body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (body.Length + read > LyricLimits.Bytes)
                throw TooLarge();
            await body.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return body.ToArray();
    }

    private static RefusedException TooLarge() => new(LyricsRefusals.Unreadable(new LyricRefusedException(LyricRefusals.TooLarge)));
}
