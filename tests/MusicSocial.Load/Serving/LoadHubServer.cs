using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MusicSocial.Realtime;
using MusicSocial.Realtime.Redis;
using MusicSocial.Realtime.Topics;
using MusicSocial.Realtime.Transport;

namespace MusicSocial.Load.Serving;

/// <summary>The process <c>serve-hub</c>: the product's transport and fan-out without its music. Takes the settings <c>Realtime:...</c> and <c>Redis</c>.</summary>
internal static class LoadHubServer
{
    public static async Task RunAsync(string[] arguments)
    {
        HubThreads.Reserve();
        var builder = WebApplication.CreateBuilder(arguments);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        if (builder.Configuration["Redis"] is { Length: > 0 } redis)
            builder.Services.AddRedisBackplane(redis);
        builder.Services.AddRealtime();
        builder.Services.AddOptions<RealtimeOptions>().BindConfiguration("Realtime");
        builder.Services.AddSingleton<NoteTopics>().AddSingleton<ITopicKind>(services => services.GetRequiredService<NoteTopics>());
        builder.Services.AddTopicHub<LoadHub>();
        await using var app = builder.Build();
        app.MapTopicHub<LoadHub>("/hub");
        Expenses.Map(app);
        await app.RunWhileWantedAsync();
    }
}
