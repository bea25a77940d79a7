using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MusicSocial.Realtime.Topics;

namespace MusicSocial.Realtime.Tests.Rig;

/// <summary>The test hub at <c>/hub</c> behind a web server, in real time.</summary>
internal static class TestSite
{
    /// <summary>Starts it on whatever server the test <paramref name="uses"/>.</summary>
    public static async Task<WebApplication> StartAsync(Action<IWebHostBuilder> uses)
    {
        var builder = WebApplication.CreateSlimBuilder();
        uses(builder.WebHost);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ITopicKind, TestKind>();
        builder.Services.AddRealtime();
        builder.Services.AddTopicHub<TestHub>().AddHubOptions<TestHub>(hub => hub.AddFilter(new RefusalFilter()));
        var site = builder.Build();
        site.MapHub<TestHub>("/hub");
        await site.StartAsync();
        return site;
    }
}
