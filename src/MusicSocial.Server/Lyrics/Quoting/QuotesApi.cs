using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace MusicSocial.Server.Lyrics.Quoting;

internal static class QuotesApi
{
    public static void MapQuotes(this IEndpointRouteBuilder routes)
    {
        var track = routes.MapGroup("/api/tracks/{id}").WithTags("Lyrics");
        track.MapGet("/quote.svg", Drawing);
        track.MapGet("/quote.png", Picture);
    }

    private static async Task<FileContentHttpResult> Drawing(
        string id, string? lines, int? at, Quotes quotes, IOptions<LyricsOptions> options, HttpContext http, CancellationToken cancellationToken)
    {
        var quote = await quotes.ComposeAsync(id, lines, at, HubOf(http, options.Value), AddressOf(http), cancellationToken);
        return Send(http, Encoding.UTF8.GetBytes(quote.Svg), "image/svg+xml", quote.Version);
    }

    private static async Task<FileContentHttpResult> Picture(
        string id, string? lines, int? at, Quotes quotes, QuotePictures pictures, FontCoverage fonts, IOptions<LyricsOptions> options,
        HttpContext http, CancellationToken cancellationToken)
    {
        var quote = await quotes.ComposeAsync(id, lines, at, HubOf(http, options.Value), AddressOf(http), cancellationToken);
        return await fonts.CoversAsync(quote.Text) && await pictures.FindAsync(quote.Version, quote.Svg, cancellationToken) is { } png
            ? Send(http, png, "image/png", quote.Version)
            : throw new RefusedException(LyricsRefusals.QuoteUndrawable);
    }

    private static FileContentHttpResult Send(HttpContext http, byte[] image, string contentType, string version)
    {
        http.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(image, contentType, entityTag: new EntityTagHeaderValue($"\"{version}\""));
    }

    private static string HubOf(HttpContext http, LyricsOptions options) =>
        options.PublicUrl?.ToString().TrimEnd('/') ?? $"{http.Request.Scheme}://{http.Request.Host}";

    private static string AddressOf(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "local";
}
