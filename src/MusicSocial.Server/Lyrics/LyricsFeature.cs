using MusicSocial.Server.Lyrics.Revisions;

namespace MusicSocial.Server.Lyrics;

internal static class LyricsFeature
{
    public static IServiceCollection AddServerLyrics(this IServiceCollection services)
    {
        services.AddSingleton<LyricSources>().AddSingleton<CueSheets>().AddSingleton<CueSheetViews>().AddSingleton<ExportedLyrics>();
        services.AddSingleton<LyricRevisionStore>().AddSingleton<LyricReportStore>().AddSingleton<LyricNews>();
        return services.AddSingleton<Contributions>().AddSingleton<RevisionHistory>();
    }

    public static void MapLyrics(this IEndpointRouteBuilder routes) => routes.MapLyricsApi();
}
