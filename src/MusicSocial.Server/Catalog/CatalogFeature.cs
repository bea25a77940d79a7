namespace MusicSocial.Server.Catalog;

internal static class CatalogFeature
{
    public static IServiceCollection AddCatalog(this IServiceCollection services) =>
        services.AddSingleton<TrackStore>().AddSingleton<Tracks>();

    public static void MapCatalog(this IEndpointRouteBuilder routes) => routes.MapCatalogApi();
}
