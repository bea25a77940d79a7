using Microsoft.AspNetCore.Http.HttpResults;
using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Relations;

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
        string handle, CurrentUser viewer, Blocks blocks, NowPlayingService nowPlaying, CancellationToken cancellationToken)
    {
        var owner = await blocks.FindAsync(handle, viewer.Id, cancellationToken);
        return TypedResults.Ok(await nowPlaying.GetAsync(owner.Id, viewer.Id, cancellationToken));
    }

    private static async Task<Ok<PrivacySettings>> ReadPrivacy(CurrentUser user, PlaybackPrivacy privacy, IHubClock clock, CancellationToken cancellationToken) =>
        TypedResults.Ok((await privacy.OfAsync(user.Id, cancellationToken)).At(clock.Now));

    private static async Task<Ok<PrivacySettings>> ChangePrivacy(
        PrivacyRequest asked, CurrentUser user, AudienceEnforcer audience, IHubClock clock, CancellationToken cancellationToken) =>
        TypedResults.Ok(await audience.ChangeSettingsAsync(user.Id, settings => settings.With(asked, clock.Now), cancellationToken));
}
