using Microsoft.Extensions.Options;

namespace MusicSocial.Server.Limits;

internal static class LimitedReads
{
    /// <summary>Counts the requests of one network to these endpoints, against <see cref="LimitOptions.Reads"/>. This machine is not counted: it is the load tool, or a proxy that names no client.</summary>
    public static TBuilder WithLimitedReads<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.AddEndpointFilter((context, next) =>
        {
            var http = context.HttpContext;
            var network = ClientNetwork.Of(http);
            if (!network.IsLocal)
                http.RequestServices.GetRequiredService<RateLimiter>().Acquire("read", network, http.RequestServices.GetRequiredService<IOptions<LimitOptions>>().Value.Reads);
            return next(context);
        });
}
