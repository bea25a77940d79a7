using Microsoft.AspNetCore.Http.HttpResults;
using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Playback;

internal static class PlaybackApi
{
    public static void MapPlaybackApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/users/{handle}/now-playing", See).WithTags("Playback").RequireAuthorization();
        var privacy = routes.MapGroup("/api/me/privacy").WithTags("Playback").RequireAuthorization();
        privacy.MapGet("/", ReadPrivacy);
        privacy.MapPut("/", ChangePrivacy);
    }

    private static async Task<Ok<NowPlaying>> See(
        string handle, CurrentUser viewer, Users users, NowPlayingService nowPlaying, CancellationToken cancellationToken)
    {
        var owner = await users.GetByHandleAsync(handle, cancellationToken);
        return TypedResults.Ok(await nowPlaying.GetAsync(owner.Id, viewer.Id, cancellationToken));
    }

    private static async Task<Ok<PrivacySettings>> ReadPrivacy(CurrentUser user, PlaybackPrivacy privacy, CancellationToken cancellationToken) =>
        TypedResults.Ok(await privacy.OfAsync(user.Id, cancellationToken));

    private static async Task<Ok<PrivacySettings>> ChangePrivacy(
        PrivacySettings wanted, CurrentUser user, AudienceEnforcer audience, CancellationToken cancellationToken) =>
        TypedResults.Ok(await audience.ChangeSettingsAsync(user.Id, _ => wanted, cancellationToken));
}
