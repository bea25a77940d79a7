using MusicSocial.Realtime.Hubs;
using MusicSocial.Realtime.Redis.Connection;
using MusicSocial.Server.Storage;
using MusicSocial.Sync;

namespace MusicSocial.Server.Hosting;

/// <summary>Live: the process answers. Ready: it can do its work and wants more of it.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => TypedResults.Text("live")).ExcludeFromDescription();
        routes.MapGet("/readyz", ReadyAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> ReadyAsync(
        Database database, HubDrain drain, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (drain.IsDraining)
            return TypedResults.Text("draining", statusCode: StatusCodes.Status503ServiceUnavailable);
        if (services.GetService<RedisConnection>() is { IsUp: false })
            return TypedResults.Text("Redis unavailable", statusCode: StatusCodes.Status503ServiceUnavailable);
        try
        {
            await database.PingAsync(cancellationToken);
            return TypedResults.Text("ready");
        }
        catch (Exception exception) when (exception is System.Data.Common.DbException or IOException or RefusedException)
        {
            return TypedResults.Text("database unavailable", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
