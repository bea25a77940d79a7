using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Net.Http.Headers;

namespace MusicSocial.Server.Hosting;

/// <summary>
/// The answer under <c>/api</c> where no endpoint took the request: there is no such route (404), the route takes other methods (405), or another content
/// type (415). Without it such a request would get the page of the web client.
/// </summary>
internal static class ApiFallback
{
    public static StatusCodeHttpResult Answer(HttpContext http, EndpointDataSource endpoints)
    {
        var methods = endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => !ReferenceEquals(endpoint, http.GetEndpoint()) && Matches(endpoint, http.Request.Path))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (methods.Count == 0)
            return TypedResults.StatusCode(StatusCodes.Status404NotFound);
        if (methods.Contains(http.Request.Method))
            return TypedResults.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        http.Response.Headers[HeaderNames.Allow] = string.Join(", ", methods.Order(StringComparer.Ordinal));
        return TypedResults.StatusCode(StatusCodes.Status405MethodNotAllowed);
    }

    private static bool Matches(RouteEndpoint endpoint, PathString path) =>
        endpoint.RoutePattern.RawText?.StartsWith("/api", StringComparison.Ordinal) == true
        && new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(path, []);
}
