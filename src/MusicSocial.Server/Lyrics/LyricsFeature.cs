using MusicSocial.Server.Accounts;
using MusicSocial.Server.Lyrics.Editing;
using MusicSocial.Server.Lyrics.Lrclib;
using MusicSocial.Server.Lyrics.Quoting;
using MusicSocial.Server.Moderation;

namespace MusicSocial.Server.Lyrics;

internal static class LyricsFeature
{
    public static IServiceCollection AddServerLyrics(this IServiceCollection services)
    {
        services.AddSingleton<LyricSources>().AddSingleton<CueSheets>().AddSingleton<CueSheetViews>().AddSingleton<ExportedLyrics>().AddSingleton<LyricsReading>();
        services.AddSingleton<LyricRevisionStore>().AddSingleton<LyricReportStore>().AddSingleton<LyricNews>();
        services.AddSingleton<PersonalLyricStore>().AddSingleton<IPersonalData, PersonalLyrics>();
        services.AddSingleton<LyricEditing>().AddSingleton<RevisionHistory>().AddSingleton<IReportable, ReportableLyrics>();
        services.AddOptions<LyricsOptions>().BindConfiguration("Lyrics")
            .PostConfigure<IConfiguration>((lyrics, configuration) => lyrics.PublicUrl ??= configuration.GetValue<Uri?>("Rooms:PublicUrl"))
            .ValidateDataAnnotations()
            .Validate(options => options.IsValid, "Lyrics:Lrclib is an address that begins with http:// or https://.")
            .ValidateOnStart();
        services.AddSingleton<LrclibAnswerStore>().AddSingleton<LrclibAnswers>().AddSingleton<LrclibClient>().AddHostedService<LrclibFetching>();
        services.AddSingleton<LrclibNumberStore>().AddSingleton<LrclibLibrary>();
        return services.AddHostedService<FontCheck>().AddSingleton<FontCoverage>().AddSingleton<QuoteTools>().AddSingleton<QuoteCovers>().AddSingleton<QuotePictures>().AddSingleton<Quotes>();
    }

    public static void MapLyrics(this IEndpointRouteBuilder routes)
    {
        routes.MapLyricsApi();
        routes.MapLrclib();
        routes.MapQuotes();
    }
}
