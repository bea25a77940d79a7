using System.Text.Json;

namespace MusicSocial.Server.Api;

/// <summary>A JSON body that may be left out: a body that an endpoint declares is refused by the framework (415) when there is none.</summary>
internal static class OptionalBody
{
    /// <summary>The body; null when there is none. Refuses <c>request.malformed</c>.</summary>
    public static async Task<T?> ReadAsync<T>(HttpRequest http, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return http.HasJsonContentType() ? await http.ReadFromJsonAsync<T>(cancellationToken) : null;
        }
        catch (JsonException)
        {
            throw new RefusedException(Refusals.MalformedRequest);
        }
    }
}
