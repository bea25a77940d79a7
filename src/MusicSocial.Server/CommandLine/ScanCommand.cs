using MusicSocial.Realtime;
using MusicSocial.Server.Api;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Catalog.Scanning;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.CommandLine;

/// <summary><c>scan</c>: reads the music folders once and says what came of it. An embedded hub must not run on the folder meanwhile.</summary>
internal static class ScanCommand
{
    public static async Task<int> RunAsync(string[] settings)
    {
        var storage = VerbServices.Storage(VerbServices.Configuration(settings));
        using var only = storage.IsShared ? null : DataFolderLock.Take(storage);
        await using var services = VerbServices.Build(settings, (services, configuration) =>
        {
            services.AddSingleton(TimeProvider.System);
            services.AddSingleton(BasePath.Of(configuration));
            services.AddRealtime();
            services.AddStorage();
            services.AddCatalog();
        });
        StartChecks.MusicFolders(services.GetRequiredService<MusicFolders>());
        var scan = services.GetRequiredService<CatalogScan>();
        var result = await WorkProgress.ShowAsync(progress => scan.RunAsync(progress, CancellationToken.None));
        Console.WriteLine(
            $"{result.Found} audio files: {result.Saved} new or changed, {result.Returned} back again, {result.Hidden} gone, " +
            $"{result.Unreadable} unreadable, {result.Copies} copies.");
        if (result.Unsettled > 0)
            Console.WriteLine($"{result.Unsettled} files changed a moment ago and may still be copied; scan again later.");
        return 0;
    }
}
