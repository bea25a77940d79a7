using MusicSocial.Server.Playback;

namespace MusicSocial.Server.Friends;

internal static class FriendsFeature
{
    public static IServiceCollection AddFriends(this IServiceCollection services) =>
        services
            .AddSingleton<FollowStore>().AddSingleton<IFriendCircle>(provider => provider.GetRequiredService<FollowStore>())
            .AddSingleton<Follows>().AddSingleton<FriendList>();

    public static void MapFriends(this IEndpointRouteBuilder routes) => routes.MapFriendsApi();
}
