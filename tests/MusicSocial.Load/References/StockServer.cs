using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MusicSocial.Load.Serving;

namespace MusicSocial.Load.References;

/// <summary>The process <c>serve-stock</c>: SignalR as it comes, with the wire's JSON.</summary>
internal static class StockServer
{
    public static async Task RunAsync(string[] arguments)
    {
        var builder = WebApplication.CreateBuilder(arguments);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.AddSignalR().AddJsonProtocol(protocol => protocol.PayloadSerializerOptions = WireJson.Options);
        await using var app = builder.Build();
        app.MapHub<StockHub>("/hub");
        Expenses.Map(app);
        await app.RunWhileWantedAsync();
    }
}
