using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using MusicSocial.Server.Limits;

namespace MusicSocial.Server.Lyrics.Lrclib;

/// <summary>LRCLIB's API, word for word, so that players which can be given a lyrics server can be given this hub.</summary>
internal static class LrclibApi
{
    private const int MaxWords = 300;

    public static void MapLrclib(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").WithTags("Lyrics").AddEndpointFilter(AdmitAsync);
        api.MapGet("/get", Find).Produces<LrclibTrack>().Produces<LrclibProblem>(StatusCodes.Status404NotFound);
        api.MapGet("/get/{number:long}", FindByNumber).Produces<LrclibTrack>().Produces<LrclibProblem>(StatusCodes.Status404NotFound);
        api.MapGet("/search", Search).Produces<IReadOnlyList<LrclibTrack>>();
    }

    // LRCLIB takes an album too: here title, artist and length distinguish songs.
    private static async Task<IResult> Find(
        [FromQuery(Name = "track_name")] string? title, [FromQuery(Name = "artist_name")] string? artist, double? duration,
        LrclibLibrary library, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(title) || string.IsNullOrWhiteSpace(artist))
            return Say(LrclibProblem.Malformed);
        TimeSpan? length = duration is > 0 and < 1_000_000 ? TimeSpan.FromSeconds(duration.Value) : null;
        return Say(await library.FindAsync(Cut(title), Cut(artist), length, cancellationToken));
    }

    private static async Task<IResult> FindByNumber(long number, LrclibLibrary library, CancellationToken cancellationToken) =>
        Say(await library.FindAsync(number, cancellationToken));

    private static async Task<IResult> Search(
        string? q, [FromQuery(Name = "track_name")] string? title, [FromQuery(Name = "artist_name")] string? artist,
        [FromQuery(Name = "album_name")] string? album, LrclibLibrary library, CancellationToken cancellationToken)
    {
        var words = string.IsNullOrWhiteSpace(q) ? title : q;
        return string.IsNullOrWhiteSpace(words)
            ? Say(LrclibProblem.Malformed)
            : TypedResults.Json(await library.SearchAsync(Cut($"{words} {artist} {album}".Trim()), cancellationToken), LrclibTrack.Json);
    }

    private static IResult Say(LrclibTrack? track) =>
        track is null ? Say(LrclibProblem.NotFound) : TypedResults.Json(track, LrclibTrack.Json);

    private static JsonHttpResult<LrclibProblem> Say(LrclibProblem problem) =>
        TypedResults.Json(problem, LrclibTrack.Json, statusCode: problem.StatusCode);

    // Players that live in a browser ask from elsewhere; what is read here needs no account anyway.
    private static ValueTask<object?> AdmitAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var services = http.RequestServices;
        services.GetRequiredService<RateLimiter>().Acquire(
            "lrclib", ClientNetwork.Of(http), services.GetRequiredService<IOptions<LyricsOptions>>().Value.Reads);
        http.Response.Headers.AccessControlAllowOrigin = "*";
        return next(context);
    }

    private static string Cut(string words) => words.Length <= MaxWords ? words : words[..MaxWords];
}
