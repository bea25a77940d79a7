using Microsoft.AspNetCore.Http.HttpResults;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Hosting;
using MusicSocial.Server.Playback;

namespace MusicSocial.Server.Listens;

internal static class ListensFeature
{
    public static IServiceCollection AddListens(this IServiceCollection services) =>
        services
            .AddSingleton<ListenStore>().AddSingleton<ListenHistory>().AddSingleton<ListenCounter>()
            .AddSingleton<IPlaybackWatcher>(provider => provider.GetRequiredService<ListenCounter>())
            .AddHostedService(provider => provider.GetRequiredService<ListenCounter>());

    public static void MapListens(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/users/{handle}/listens", Read).WithTags("Listens").RequireAuthorization();

    private static async Task<Ok<Page<Listen>>> Read(
        string handle, CurrentUser viewer, ListenHistory history, string? cursor, int? limit, CancellationToken cancellationToken) =>
        TypedResults.Ok(await history.ReadAsync(handle, viewer.Id, cursor, limit, cancellationToken));
}
