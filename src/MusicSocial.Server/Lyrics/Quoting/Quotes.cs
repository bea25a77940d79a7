using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using MusicSocial.Server.Api;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Limits;

namespace MusicSocial.Server.Lyrics.Quoting;

/// <summary>A card, drawn.</summary>
/// <param name="Svg">The drawing.</param>
/// <param name="Version">Changes whenever it does.</param>
/// <param name="Text">All that is written on it.</param>
internal sealed record Quote(string Svg, string Version, string Text);

/// <summary>Composes cards of chosen lines.</summary>
internal sealed class Quotes(CueSheets sheets, Tracks tracks, QuoteCovers covers, RateLimiter limiter, IOptions<LyricsOptions> options)
{
    private const int MaxLines = 6;
    private const int MaxCharacters = 400;

    /// <summary>The card of the lines <paramref name="range"/>; refuses <c>lyrics.none</c>, <c>lyrics.quote_invalid</c> and <c>rate.limited</c>.</summary>
    /// <param name="trackId">The song.</param>
    /// <param name="range">Such as <c>3-5</c> or <c>3</c>, counted from 0.</param>
    /// <param name="atMs">The moment the link leads to; by default the beginning of the first line.</param>
    /// <param name="hub">The address people reach this hub by.</param>
    /// <param name="network">Whose questions are counted.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Quote> ComposeAsync(
        string trackId, string? range, int? atMs, string hub, ClientNetwork network, CancellationToken cancellationToken)
    {
        var lyrics = await sheets.FindAsync(trackId, cancellationToken) ?? throw new RefusedException(LyricsRefusals.None);
        var (first, last) = Range(range, lyrics.Sheet.Lines.Length);
        var chosen = lyrics.Sheet.Lines[first..(last + 1)].Where(line => line.Text.Length > 0).ToList();
        if (chosen.Count is 0 or > MaxLines || chosen.Sum(line => line.Text.EnumerateRunes().Count()) > MaxCharacters)
            throw new RefusedException(LyricsRefusals.QuoteInvalid);
        limiter.Acquire("lyrics-read", network, options.Value.Reads);

        var track = await tracks.GetWithFileAsync(trackId, cancellationToken);
        // Whole seconds: every other moment would be another picture.
        var moment = Math.Clamp(atMs ?? chosen[0].StartMs ?? 0, 0, track.Track.DurationMs) / 1_000 * 1_000;
        var link = string.Create(CultureInfo.InvariantCulture, $"{hub}/song/{Uri.EscapeDataString(trackId)}?at={moment}");
        var texts = chosen.ConvertAll(line => line.Text);
        var svg = QuoteCard.Draw(new QuoteContent(track.Track, texts, link, await covers.DrawAsync(track, cancellationToken)));
        var version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(svg)))[..32];
        return new Quote(svg, version, string.Concat(texts.Append(track.Track.Title).Append(track.Track.Artist)));
    }

    private static (int First, int Last) Range(string? range, int lines)
    {
        var ends = (range ?? "").Split('-');
        return ends.Length is 1 or 2 &&
            int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first) &&
            int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last) &&
            first <= last && last < lines && last - first < 4 * MaxLines
            ? (first, last)
            : throw new RefusedException(LyricsRefusals.QuoteInvalid);
    }
}

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
        var quote = await quotes.ComposeAsync(id, lines, at, PublicAddress.Of(http, options.Value.PublicUrl), ClientNetwork.Of(http), cancellationToken);
        return Send(http, Encoding.UTF8.GetBytes(quote.Svg), "image/svg+xml", quote.Version);
    }

    private static async Task<FileContentHttpResult> Picture(
        string id, string? lines, int? at, Quotes quotes, QuotePictures pictures, FontCoverage fonts, RateLimiter limiter, IOptions<LyricsOptions> options,
        HttpContext http, CancellationToken cancellationToken)
    {
        limiter.Acquire("quote", ClientNetwork.Of(http), options.Value.Quotes);
        var quote = await quotes.ComposeAsync(id, lines, at, PublicAddress.Of(http, options.Value.PublicUrl), ClientNetwork.Of(http), cancellationToken);
        return await fonts.CoversAsync(quote.Text) && await pictures.FindAsync(quote.Version, quote.Svg, cancellationToken) is { } png
            ? Send(http, png, "image/png", quote.Version)
            : throw new RefusedException(LyricsRefusals.QuoteUndrawable);
    }

    private static FileContentHttpResult Send(HttpContext http, byte[] image, string contentType, string version)
    {
        http.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(image, contentType, entityTag: new EntityTagHeaderValue($"\"{version}\""));
    }
}
