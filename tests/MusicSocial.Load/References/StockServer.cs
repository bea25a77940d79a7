using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MusicSocial.Load.Serving;
using MusicSocial.Realtime.Redis;

namespace MusicSocial.Load.References;

/// <summary>The process <c>serve-stock</c>: SignalR as it comes, with the wire's JSON, and its own backplane with the setting <c>Redis</c>.</summary>
internal static class StockServer
{
    public static async Task RunAsync(string[] arguments)
    {
        var builder = WebApplication.CreateBuilder(arguments);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        var signalR = builder.Services.AddSignalR().AddJsonProtocol(protocol => protocol.PayloadSerializerOptions = WireJson.Options);
        if (builder.Configuration["Redis"] is { Length: > 0 } redis)
            signalR.AddPlainHubBackplane(redis);
        await using var app = builder.Build();
        app.MapHub<StockHub>("/hub");
        Expenses.Map(app);
        await app.RunWhileWantedAsync();
    }
}
