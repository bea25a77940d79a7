using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Net.Http.Headers;

namespace MusicSocial.Server.Hosting;

/// <summary>
/// What somebody is told whom no door under <c>/api</c> took: that there is none (404), that it opens for other methods (405), or
/// that it does not take what was brought (415). The routing would say so itself were there no answer of last resort.
/// </summary>
internal static class WrongDoor
{
    public static StatusCodeHttpResult Answer(HttpContext http, EndpointDataSource doors)
    {
        var methods = doors.Endpoints.OfType<RouteEndpoint>()
            .Where(door => !ReferenceEquals(door, http.GetEndpoint()) && Leads(door, http.Request.Path))
            .SelectMany(door => door.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (methods.Count == 0)
            return TypedResults.StatusCode(StatusCodes.Status404NotFound);
        if (methods.Contains(http.Request.Method))
            return TypedResults.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        http.Response.Headers[HeaderNames.Allow] = string.Join(", ", methods.Order(StringComparer.Ordinal));
        return TypedResults.StatusCode(StatusCodes.Status405MethodNotAllowed);
    }

    private static bool Leads(RouteEndpoint door, PathString path) =>
        door.RoutePattern.RawText?.StartsWith("/api", StringComparison.Ordinal) == true
        && new TemplateMatcher(new RouteTemplate(door.RoutePattern), []).TryMatch(path, []);
}
