using Microsoft.AspNetCore.Http.HttpResults;
using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Listens;

internal static class ListensApi
{
    public static void MapListensApi(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/users/{handle}/listens", Read).WithTags("Listens").RequireAuthorization();

    private static async Task<Ok<Page<Listen>>> Read(
        string handle, CurrentUser viewer, ListenHistory history, string? cursor, int? limit, CancellationToken cancellationToken) =>
        TypedResults.Ok(await history.ReadAsync(handle, viewer.Id, cursor, limit, cancellationToken));
}
