using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime;
using MusicSocial.Server.Api;
using MusicSocial.Server.Limits;
using Scalar.AspNetCore;

namespace MusicSocial.Server.Hosting;

internal static class HostingFeature
{
    private const string ApiTitle = "MusicSocial API";

    public static IServiceCollection AddHosting(this IServiceCollection services, IConfiguration configuration)
    {
        HubThreads.Reserve();
        services.AddOptions<LimitOptions>().BindConfiguration("Limits").ValidateOnStart();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<LimitOptions>>((kestrel, limits) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = limits.Value.RequestBytes;
        });
        services.Configure<JsonOptions>(json => WireJson.Apply(json.SerializerOptions));
        services.AddOptions<ForwardedHeadersOptions>().Configure<IConfiguration>(Proxies.Trust).ValidateOnStart();
        services.AddProblemDetails().AddExceptionHandler<RefusalHandler>();
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/problem+json", "image/svg+xml"];
        });
        // Request lines carry the hub's access_token in their query: whatever level is configured, they are not logged.
        services.PostConfigure<LoggerFilterOptions>(filters => filters.Rules.Add(
            new LoggerFilterRule(null, "Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning, null)));
        services.AddSingleton(BasePath.Of(configuration));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IHostLifetime, DrainingLifetime>();
        services.AddHealth().AddTelemetry(configuration);
        services.AddOpenApi(openApi => openApi.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new() { Title = ApiTitle, Version = "1" };
            return Task.CompletedTask;
        }));
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        return services.AddSingleton<RateLimiter>();
    }

    public static void UseHosting(this WebApplication app)
    {
        app.UseBasePath();
        app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        app.UseExceptionHandler();
        app.UseStatusCodePages(WriteBareStatusAsync);
        app.UseDrainGuard();
        app.UseResponseCompression();
    }

    /// <summary>Health, and the API as a document (<c>/openapi/v1.json</c>) and as pages to read and try (<c>/scalar</c>).</summary>
    public static void MapHosting(this WebApplication app)
    {
        app.MapHealth();
        app.MapOpenApi();
        // Everything it shows comes from this hub: no fonts, no counting and no assistants elsewhere.
        app.MapScalarApiReference(reference =>
        {
            (reference.Title, reference.DefaultFonts) = (ApiTitle, false);
            reference.HideDeveloperTools().HideClientButton().DisableAgent().DisableMcp().DisableTelemetry();
        });
    }

    // The framework answers some requests itself (no token, no such route, wrong method): give those a code too.
    private static Task WriteBareStatusAsync(Microsoft.AspNetCore.Diagnostics.StatusCodeContext context)
    {
        var http = context.HttpContext;
        var refusal = http.Response.StatusCode switch
        {
            StatusCodes.Status401Unauthorized => HubRefusals.SignInRequired,
            StatusCodes.Status403Forbidden => Refusals.Forbidden,
            StatusCodes.Status404NotFound => Refusals.RouteUnknown,
            StatusCodes.Status405MethodNotAllowed => Refusals.WrongMethod,
            StatusCodes.Status413PayloadTooLarge => Refusals.TooLarge,
            StatusCodes.Status415UnsupportedMediaType => Refusals.WrongContentType,
            _ => Refusals.MalformedRequest,
        };
        var status = http.Response.StatusCode;
        return RefusalHandler.WriteAsync(http, refusal, http.RequestServices.GetRequiredService<IProblemDetailsService>(), status);
    }
}
