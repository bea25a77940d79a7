using MusicSocial.Server.Accounts;
using MusicSocial.Server.Playback;

namespace MusicSocial.Server.Friends;

internal static class FriendsFeature
{
    public static IServiceCollection AddFriends(this IServiceCollection services) =>
        services
            .AddSingleton<FollowStore>().AddSingleton<IMutualFollows>(provider => provider.GetRequiredService<FollowStore>())
            .AddSingleton<IPersonalData, PersonalFollows>()
            .AddSingleton<Follows>();

    public static void MapFriends(this IEndpointRouteBuilder routes) => routes.MapFriendsApi();
}
