using MusicSocial.Server.Catalog.Chunks;
using MusicSocial.Server.Catalog.Measuring;
using MusicSocial.Server.Catalog.Probing;
using MusicSocial.Server.Catalog.Scanning;

namespace MusicSocial.Server.Catalog;

internal static class CatalogFeature
{
    public static IServiceCollection AddCatalog(this IServiceCollection services)
    {
        services.AddOptions<CatalogOptions>()
            .BindConfiguration("Catalog")
            .Configure<IConfiguration>((catalog, configuration) => catalog.Music = configuration["Music"] ?? "")
            .ValidateDataAnnotations()
            .Validate(options => FolderEncodings.IsValid(options.Encodings), "Catalog:Encodings is a list of folder=encoding, separated by semicolons, such as music/Old=windows-1251.")
            .ValidateOnStart();
        services.AddSingleton<OddNames>().AddSingleton<MusicFolders>().AddSingleton<FolderEncodings>().AddSingleton<TrackStore>().AddSingleton<Tracks>();
        services.AddSingleton<SearchStore>().AddSingleton<TrackSearch>().AddSingleton<TrackNames>().AddSingleton<TrackLengths>();
        services.AddSingleton<ScaledPictures>().AddSingleton<TrackCovers>();
        services.AddSingleton<AudioProbe>().AddSingleton<SoundReader>().AddSingleton<EmbeddedLyrics>().AddSingleton<TrackReader>().AddSingleton<ScanStore>().AddSingleton<ScanMonitor>().AddSingleton<CatalogScan>().AddSingleton<FolderWatch>();
        services.AddSingleton<ChunkCutter>().AddSingleton<TrackChunks>().AddHostedService(provider => provider.GetRequiredService<TrackChunks>());
        services.AddSingleton<LoudnessStore>().AddSingleton<LoudnessMeter>().AddSingleton<LoudnessSurvey>().AddHostedService(provider => provider.GetRequiredService<LoudnessSurvey>());
        return services.AddHostedService<CatalogScanner>();
    }

    public static void MapCatalog(this IEndpointRouteBuilder routes)
    {
        routes.MapCatalogApi();
        routes.MapScanApi();
    }
}
