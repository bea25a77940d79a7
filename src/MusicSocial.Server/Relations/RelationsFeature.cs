using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Relations;

internal static class RelationsFeature
{
    public static IServiceCollection AddRelations(this IServiceCollection services) =>
        services.AddSingleton<FollowStore>().AddSingleton<PersonalListStore>().AddSingleton<Blocks>().AddSingleton<Circles>()
            .AddSingleton<IPersonalData, PersonalFollows>().AddSingleton<IPersonalData, PersonalRelations>();
}
