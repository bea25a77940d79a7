using System.Text;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;
using MusicSocial.Server.Api;

namespace MusicSocial.Server.Hosting;

/// <summary>Serves the built web client: hashed assets for a year, its one page for every path the hub itself does not know.</summary>
internal static class WebClient
{
    private const string Page = "index.html";
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
        if (app.Services.GetRequiredService<BasePath>().Value.Length == 0)
            app.MapFallbackToFile(Page, new StaticFileOptions { OnPrepareResponse = SetLifetime });
        else
            app.MapFallback(PageUnderBasePathAsync).WithMetadata(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]));
    }

    // The build writes addresses from the root of the host into the page; its scripts and styles find each other by themselves.
    private static async Task<IResult> PageUnderBasePathAsync(IWebHostEnvironment host, BasePath basePath, HttpResponse response, CancellationToken cancellationToken)
    {
        var page = host.WebRootFileProvider.GetFileInfo(Page);
        if (!page.Exists)
            return TypedResults.NotFound();
        using var reader = new StreamReader(page.CreateReadStream());
        var html = (await reader.ReadToEndAsync(cancellationToken)).Replace("=\"/", $"=\"{basePath.To("/")}", StringComparison.Ordinal);
        response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{page.LastModified.ToFileTime():x}\""));
    }

    private static void SetLifetime(StaticFileResponseContext context) =>
        context.Context.Response.Headers.CacheControl =
            context.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal) ? Forever : "no-cache";
}
