using Microsoft.AspNetCore.Http.HttpResults;

namespace MusicSocial.Server.Catalog;

internal static class CatalogApi
{
    public static void MapCatalogApi(this IEndpointRouteBuilder routes)
    {
        var tracks = routes.MapGroup("/api/tracks").WithTags("Catalog");
        tracks.MapGet("/{id}", Get);
    }

    private static async Task<Ok<Track>> Get(string id, Tracks tracks, CancellationToken cancellationToken) =>
        TypedResults.Ok(await tracks.GetAsync(id, cancellationToken));
}
