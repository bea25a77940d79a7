using System.Text.Json;
using Microsoft.AspNetCore.SignalR;

namespace MusicSocial.Client.Connection;

/// <summary>Reads the server's refusals out of what HTTP and SignalR make of them.</summary>
internal static class RefusalReading
{
    private sealed record Body(string? Code, string? Message, string? Detail, string? Title, double? RetryAfterMs, int? Line);

    /// <summary>The refusal in an error completion; null when the failure is not one (the server masked it).</summary>
    public static RefusedException? Of(HubException exception)
    {
        var start = exception.Message.IndexOf('{', StringComparison.Ordinal);
        return start < 0 ? null : Of(exception.Message[start..]);
    }

    /// <summary>The refusal in a problem document; null when there is none.</summary>
    public static RefusedException? Of(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Body>(json, WireJson.Options) is { Code: { } code } body
                ? new RefusedException(new Refusal(code, body.Message ?? body.Detail ?? body.Title ?? code)
                {
                    RetryAfter = body.RetryAfterMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null,
                    Line = body.Line,
                })
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether a refusal speaks of the moment, not of the call.</summary>
    public static bool Passes(Refusal refusal) => refusal.Code is "server.busy" or "rate.limited" or "hub.unavailable" or "hub.draining";
}
