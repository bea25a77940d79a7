using MusicSocial.Server.Api;

namespace MusicSocial.Server.Hosting;

/// <summary>Serves the hub under a path of its host (<see cref="BasePath"/>), whether the proxy before it takes that path off or passes it on.</summary>
internal static class SubPath
{
    public static void UseBasePath(this WebApplication app)
    {
        PathString basePath = app.Services.GetRequiredService<BasePath>().Value;
        if (basePath.HasValue)
        {
            app.Use((http, next) =>
            {
                if (http.Request.Path.StartsWithSegments(basePath, StringComparison.Ordinal, out var rest))
                    http.Request.Path = rest.HasValue ? rest : "/";
                http.Request.PathBase = basePath;
                return next(http);
            });
        }

        // After it: routes are chosen by what is left of the path.
        app.UseRouting();
    }
}
