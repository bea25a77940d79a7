using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace MusicSocial.Server.Tests.Hosting;

/// <summary>What every answer says of trust, asked at each route of the table: a new door is asked too.</summary>
public sealed class EveryDoorTests(SharedHub hub) : IClassFixture<SharedHub>
{
    private static readonly string[] Always =
    [
        "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy",
        "Strict-Transport-Security",
    ];

    [Fact]
    public async Task Every_door_sends_the_security_headers_and_fails_at_nothing()
    {
        var faults = new List<string>();
        foreach (var (method, route) in Doors())
        {
            using var answer = await AskAsync(hub.App.Http, method, route);
            faults.AddRange(Always.Where(header => !answer.Headers.Contains(header)).Select(header => $"{method} {route}: no {header} ({answer.StatusCode})"));
            if (answer.StatusCode >= HttpStatusCode.InternalServerError && answer.StatusCode != HttpStatusCode.ServiceUnavailable)
                faults.Add($"{method} {route}: {answer.StatusCode}");
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task No_answer_to_a_person_is_kept_unless_it_is_the_same_for_all()
    {
        var faults = new List<string>();
        foreach (var (method, route) in Doors())
        {
            // Doors may end the session or the account that asks.
            var ann = await hub.App.GuestAsync();
            using var answer = await AskAsync(ann.Http, method, route);
            if (answer.Headers.CacheControl is not { NoStore: true } && !IsTheSameForAll(route))
                faults.Add($"{method} {route}: {answer.Headers.CacheControl} ({answer.StatusCode})");
        }

        Assert.Empty(faults);
    }

    // Files of songs, the web client, and what the framework maps: health, documents of the API, the socket.
    private static bool IsTheSameForAll(string route) =>
        !route.StartsWith("/api/", StringComparison.Ordinal) || route.StartsWith("/api/tracks/", StringComparison.Ordinal);

    private IEnumerable<(string Method, string Route)> Doors()
    {
        var doors = hub.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"], (endpoint, method) => (method, PathOf(endpoint.RoutePattern)))
            .Distinct()
            .ToArray();
        Assert.True(doors.Length > 50, $"{doors.Length} doors");
        return doors;
    }

    private static string PathOf(RoutePattern pattern) =>
        "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            _ => "1",
        }))));

    private static async Task<HttpResponseMessage> AskAsync(HttpClient client, string method, string route)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), route);
        request.Headers.Add("X-Forwarded-Proto", "https");
        if (method is "POST" or "PUT" or "PATCH")
            request.Content = JsonContent.Create(new { });
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
