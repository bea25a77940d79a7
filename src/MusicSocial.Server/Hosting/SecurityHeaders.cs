namespace MusicSocial.Server.Hosting;

/// <summary>What every answer tells the browser about trust; also refusals, whose headers are cleared before they are written.</summary>
internal static class SecurityHeaders
{
    private const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; " +
        "connect-src 'self'; worker-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; " +
        "form-action 'self'; frame-ancestors 'none'";

    // The pages of the API reference start from a script inside the page and style themselves; no user's text is on them.
    private const string ReferencePolicy =
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; " +
        "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this WebApplication app) =>
        app.Use((http, next) =>
        {
            http.Response.OnStarting(() =>
            {
                Write(http);
                return Task.CompletedTask;
            });
            return next(http);
        });

    private static void Write(HttpContext http)
    {
        var (headers, path) = (http.Response.Headers, http.Request.Path);
        headers.ContentSecurityPolicy = path.StartsWithSegments("/scalar", StringComparison.Ordinal) ? ReferencePolicy : ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        // Players and pages elsewhere may show covers and play songs, which anyone may read.
        headers["Cross-Origin-Resource-Policy"] = path.StartsWithSegments("/api/tracks", StringComparison.Ordinal) ? "cross-origin" : "same-origin";
        if (http.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
        if (headers.CacheControl.Count == 0 && IsPersonal(http))
            headers.CacheControl = "no-store";
    }

    private static bool IsPersonal(HttpContext http) =>
        http.User.Identity is { IsAuthenticated: true }
        || http.Request.Path.StartsWithSegments("/api/accounts", StringComparison.Ordinal)
        || http.Request.Path.StartsWithSegments("/api/me", StringComparison.Ordinal);
}
