using Microsoft.AspNetCore.Http.HttpResults;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Limits;
using MusicSocial.Server.Relations;

namespace MusicSocial.Server.Friends;

internal static class FriendsApi
{
    public static void MapFriendsApi(this IEndpointRouteBuilder routes)
    {
        var person = routes.MapGroup("/api/users/{handle}").WithTags("Friends").RequireAuthorization().WithLimitedReads();
        person.MapGet("/", Profile);
        person.MapPut("/follow", Follow);
        person.MapDelete("/follow", Unfollow);
        person.MapGet("/followers", Followers);
        person.MapGet("/following", Following);
        routes.MapGet("/api/me/friends", Friends).WithTags("Friends").RequireAuthorization();

        MapList(routes, person, PersonalList.Blocked, "/block", "/api/me/blocks");
        MapList(routes, person, PersonalList.Muted, "/mute", "/api/me/mutes");
        MapList(routes, person, PersonalList.Close, "/circle/close", "/api/me/circle/close");
    }

    private static void MapList(IEndpointRouteBuilder routes, RouteGroupBuilder person, PersonalList kind, string entry, string list)
    {
        person.MapPut(entry, async Task<Ok<Profile>> (string handle, CurrentUser user, People people, CancellationToken cancellationToken) =>
            TypedResults.Ok(await people.AddAsync(user.Id, kind, handle, cancellationToken)));
        person.MapDelete(entry, async Task<Ok<Profile>> (string handle, CurrentUser user, People people, CancellationToken cancellationToken) =>
            TypedResults.Ok(await people.RemoveAsync(user.Id, kind, handle, cancellationToken)));
        routes.MapGet(
            list,
            async Task<Ok<Page<User>>> (CurrentUser user, People people, string? cursor, int? limit, CancellationToken cancellationToken) =>
                TypedResults.Ok(await people.ListAsync(user.Id, kind, cursor, limit, cancellationToken)))
            .WithTags("Friends").RequireAuthorization();
    }

    private static async Task<Ok<Profile>> Profile(string handle, CurrentUser user, Follows follows, CancellationToken cancellationToken) =>
        TypedResults.Ok(await follows.ProfileAsync(handle, user.Id, cancellationToken));

    private static async Task<Ok<Profile>> Follow(string handle, CurrentUser user, Follows follows, CancellationToken cancellationToken) =>
        TypedResults.Ok(await follows.FollowAsync(user.Id, handle, cancellationToken));

    private static async Task<Ok<Profile>> Unfollow(string handle, CurrentUser user, Follows follows, CancellationToken cancellationToken) =>
        TypedResults.Ok(await follows.UnfollowAsync(user.Id, handle, cancellationToken));

    private static async Task<Ok<Page<User>>> Followers(
        string handle, CurrentUser user, Follows follows, string? cursor, int? limit, CancellationToken cancellationToken) =>
        TypedResults.Ok(await follows.FollowersAsync(handle, user.Id, cursor, limit, cancellationToken));

    private static async Task<Ok<Page<User>>> Following(
        string handle, CurrentUser user, Follows follows, string? cursor, int? limit, CancellationToken cancellationToken) =>
        TypedResults.Ok(await follows.FollowedAsync(handle, user.Id, cursor, limit, cancellationToken));

    private static async Task<Ok<Page<Friend>>> Friends(
        CurrentUser user, Follows follows, string? cursor, int? limit, CancellationToken cancellationToken) =>
        TypedResults.Ok(await follows.FriendsAsync(user.Id, cursor, limit, cancellationToken));
}
