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
        string handle, CurrentUser viewer, Users users, NowPlayingDoor door, CancellationToken cancellationToken)
    {
        var owner = await users.GetByHandleAsync(handle, cancellationToken);
        return TypedResults.Ok(await door.SeeAsync(owner.Id, viewer.Id, cancellationToken));
    }

    private static async Task<Ok<PrivacySettings>> ReadPrivacy(CurrentUser user, PrivacyChoices choices, CancellationToken cancellationToken) =>
        TypedResults.Ok(await choices.ReadAsync(user.Id, cancellationToken));

    private static async Task<Ok<PrivacySettings>> ChangePrivacy(
        PrivacySettings wanted, CurrentUser user, PrivacyChoices choices, CancellationToken cancellationToken) =>
        TypedResults.Ok(await choices.ChangeAsync(user.Id, _ => wanted, cancellationToken));
}
