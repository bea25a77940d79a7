namespace MusicSocial.Server.Friends;

internal static class FriendsFeature
{
    public static IServiceCollection AddFriends(this IServiceCollection services) =>
        services
            .AddSingleton<Follows>().AddSingleton<People>();

    public static void MapFriends(this IEndpointRouteBuilder routes) => routes.MapFriendsApi();
}
