namespace MusicSocial.Server.Lyrics;

internal static class LyricsFeature
{
    public static IServiceCollection AddServerLyrics(this IServiceCollection services) =>
        services.AddSingleton<LyricRevisionStore>().AddSingleton<CueSheets>().AddSingleton<LyricUploads>();

    public static void MapLyrics(this IEndpointRouteBuilder routes) => routes.MapLyricsApi();
}
