using Microsoft.AspNetCore.StaticFiles;

namespace MusicSocial.Server.Hosting;

/// <summary>Serves the built web client: hashed assets for a year, its one page for every path the hub itself does not know.</summary>
internal static class WebClient
{
    private const string Forever = "public, max-age=31536000, immutable";

    public static void UseWebClient(this WebApplication app)
    {
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".webmanifest"] = "application/manifest+json";
        app.UseStaticFiles(new StaticFileOptions { ContentTypeProvider = types, OnPrepareResponse = SetLifetime });
    }

    public static void MapWebClient(this WebApplication app)
    {
        app.Map("/api/{**rest}", ApiFallback.Answer).ExcludeFromDescription();
        app.MapFallbackToFile("index.html", new StaticFileOptions { OnPrepareResponse = SetLifetime });
    }

    private static void SetLifetime(StaticFileResponseContext context) =>
        context.Context.Response.Headers.CacheControl =
            context.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal) ? Forever : "no-cache";
}
