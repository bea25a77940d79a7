using Microsoft.Extensions.Options;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.CommandLine;

/// <summary>A start that fails says why in one line instead of a stack, before any port is opened.</summary>
internal static class HubStart
{
    public static IServiceCollection AddStartChecks(this IServiceCollection services)
    {
        // A singleton: it is given back when the services are disposed of, before another hub is started on the folder.
        services.AddSingleton(provider => DataFolderLock.Take(provider.GetRequiredService<IOptions<StorageOptions>>().Value));
        // StartFailure says the same in one line; both loggers would print the stack of a port in use.
        services.PostConfigure<LoggerFilterOptions>(filters =>
        {
            filters.Rules.Add(new(null, "Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Information, (_, _, level) => level != LogLevel.Error));
            filters.Rules.Add(new(null, "Microsoft.AspNetCore.Server.Kestrel", LogLevel.Warning, (_, _, level) => level != LogLevel.Critical));
        });
        return services;
    }

    /// <summary>Checks what the start depends on, starts, and returns when the hub has stopped; throws what <see cref="StartFailure"/> describes.</summary>
    public static async Task<int> RunCheckedAsync(this WebApplication app)
    {
        await app.Services.CheckAsync();
        try
        {
            await app.StartAsync();
        }
        catch
        {
            // Services that started before the one that failed end as in any other stop, not as if they had failed too.
            app.Lifetime.StopApplication();
            throw;
        }

        await app.WaitForShutdownAsync();
        return 0;
    }

    private static async Task CheckAsync(this IServiceProvider services)
    {
        var storage = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        if (storage.IsShared)
            StartChecks.DataFolder(storage);
        else
            services.GetRequiredService<DataFolderLock>();
        StartChecks.MusicFolders(services.GetRequiredService<MusicFolders>());
        await services.WaitForPostgresAsync();
    }
}
