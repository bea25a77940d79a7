namespace MusicSocial.Server.Reactions;

internal static class ReactionsFeature
{
    public static IServiceCollection AddReactions(this IServiceCollection services) => services.AddSingleton<EmojiReactions>();
}
