using System.Text.Json;
using System.Text.Json.Serialization;

namespace MusicSocial.Protocol;

/// <summary>What sort of "no" a refusal is. HTTP status and whether trying again can help follow from it.</summary>
public enum RefusalKind
{
    /// <summary>The call cannot be made like this: an argument is out of bounds, or what it is about does not allow it.</summary>
    Invalid,

    /// <summary>The caller is not signed in, or not any more.</summary>
    Unauthenticated,

    /// <summary>The caller is known and may not do this.</summary>
    Forbidden,

    /// <summary>It does not exist, or the caller may not know that it does.</summary>
    NotFound,

    /// <summary>The address takes other HTTP methods.</summary>
    WrongMethod,

    /// <summary>It conflicts with the present state: taken, full, or changed since the caller looked.</summary>
    Conflict,

    /// <summary>The request is larger than this address takes.</summary>
    TooLarge,

    /// <summary>The body has a content type that is not read here.</summary>
    WrongContentType,

    /// <summary>The request is well-formed, but its content cannot be used or what it asks for cannot be made.</summary>
    Unprocessable,

    /// <summary>A rule of the room (slow mode) makes this member wait. A person decides whether to send again.</summary>
    TooSoon,

    /// <summary>More calls than the hub takes from one caller; passes by itself.</summary>
    RateLimited,

    /// <summary>The hub cannot do this for the moment; passes by itself.</summary>
    Unavailable,
}

/// <summary>What follows from the kind of a refusal.</summary>
public static class RefusalKinds
{
    /// <summary>
    /// Whether the refusal is about the moment and not about the call, so that the same call may be repeated after
    /// <see cref="Refusal.RetryAfter"/>. The one rule for both clients: the TypeScript client's list is generated from it.
    /// </summary>
    public static bool MayBeRetried(this RefusalKind kind) => kind is RefusalKind.RateLimited or RefusalKind.Unavailable;

    /// <summary>The HTTP status.</summary>
    public static int HttpStatus(this RefusalKind kind) => kind switch
    {
        RefusalKind.Unauthenticated => 401,
        RefusalKind.Forbidden => 403,
        RefusalKind.NotFound => 404,
        RefusalKind.WrongMethod => 405,
        RefusalKind.Conflict => 409,
        RefusalKind.TooLarge => 413,
        RefusalKind.WrongContentType => 415,
        RefusalKind.Unprocessable => 422,
        RefusalKind.TooSoon or RefusalKind.RateLimited => 429,
        RefusalKind.Unavailable => 503,
        _ => 400,
    };
}

/// <summary>
/// A "no" with a reason: the stable code and kind clients act on, and a sentence for people. Refusals are answers, not bugs:
/// nothing was changed.
/// </summary>
/// <param name="Code">Dotted and stable, e.g. <c>room.full</c>; every code is listed in docs/protocol.md.</param>
/// <param name="Kind">What sort of "no" it is; stable for a code.</param>
/// <param name="Message">One English sentence; wording may change.</param>
public sealed record Refusal(string Code, RefusalKind Kind, string Message)
{
    /// <summary>When trying again makes sense; <c>null</c> when it does not help or the moment is not known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The line of the refused input (1-based), where there is one.</summary>
    public int? Line { get; init; }
}

/// <summary>A refusal as the hub sends it, and as a problem document (RFC 9457) carries it under the same keys.</summary>
public static class RefusalJson
{
    // Detail and title: what a problem document has in place of the message.
    private sealed record Body(
        string? Code, [property: JsonConverter(typeof(OpenEnumConverter<RefusalKind>))] RefusalKind? Kind, string? Message, double? RetryAfterMs,
        int? Line, string? Detail = null, string? Title = null);

    /// <summary>The JSON object <c>{code, kind, message, retryAfterMs?, line?}</c>.</summary>
    public static string Write(Refusal refusal) => JsonSerializer.Serialize(
        new Body(refusal.Code, refusal.Kind, refusal.Message, refusal.RetryAfter?.TotalMilliseconds, refusal.Line), WireJson.Options);

    /// <summary>The refusal in such an object or a problem document; null when there is none. A kind this version does not know is not retried.</summary>
    public static Refusal? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Body>(json, WireJson.Options) is { Code: { } code } body
                ? new Refusal(code, body.Kind ?? RefusalKind.Invalid, body.Message ?? body.Detail ?? body.Title ?? code)
                {
                    RetryAfter = body.RetryAfterMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null,
                    Line = body.Line,
                }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Carries a <see cref="Refusal"/> to the edge of the hub, which turns it into ProblemDetails (HTTP) or a HubException (hub); thrown to callers of the C# client.</summary>
/// <param name="refusal">What was refused and why.</param>
public sealed class RefusedException(Refusal refusal) : Exception(refusal.Message)
{
    /// <summary>What was refused and why.</summary>
    public Refusal Refusal { get; } = refusal;
}
