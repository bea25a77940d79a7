namespace MusicSocial.Server.Api;

/// <summary>The address people reach the hub by, for links on cards and codes: the configured one, else the one the request names.</summary>
internal static class PublicAddress
{
    private const int MaxHostLength = 253;

    /// <summary>Without a slash at the end; refuses <c>request.malformed</c> for a Host header that names no host.</summary>
    public static string Of(HttpContext http, Uri? configured)
    {
        if (configured is not null)
            return configured.ToString().TrimEnd('/');
        var address = $"{http.Request.Scheme}://{http.Request.Host}";
        return http.Request.Host.HasValue
            && Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && uri is { Host.Length: <= MaxHostLength, PathAndQuery: "/" }
            && Uri.CheckHostName(uri.IdnHost) != UriHostNameType.Unknown
            && !uri.Host.Contains("..", StringComparison.Ordinal)
                ? address + http.Request.PathBase
                : throw new RefusedException(Refusals.MalformedRequest);
    }
}
