using MusicSocial.Realtime.Hubs;
using MusicSocial.Server.Api;

namespace MusicSocial.Server.Hosting;

/// <summary>While the node drains, new hub connections are refused and every HTTP answer closes its connection.</summary>
internal static class DrainGuard
{
    public static void UseDrainGuard(this WebApplication app)
    {
        var drain = app.Services.GetRequiredService<HubDrain>();
        app.Use(next => context =>
        {
            if (!drain.IsDraining)
                return next(context);
            context.Response.Headers.Connection = "close";
            return IsKnocking(context.Request) ? throw new RefusedException(Refusals.Draining) : next(context);
        });
    }

    // A connection by other transports than WebSockets goes on knocking with its id until it is told to leave.
    private static bool IsKnocking(HttpRequest request) =>
        request.Path.StartsWithSegments("/hub", StringComparison.Ordinal) && !request.Query.ContainsKey("id");
}
