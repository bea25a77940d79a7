namespace MusicSocial.Server.Api;

/// <summary>Refusals every slice may give; each slice gathers its own beside it. All codes are listed in docs/protocol.md.</summary>
internal static class Refusals
{
    public static readonly Refusal Forbidden = new("auth.forbidden", RefusalKind.Forbidden, "This is not yours to change.");
    public static readonly Refusal MalformedRequest = new("request.malformed", RefusalKind.Invalid, "The request could not be read.");
    public static readonly Refusal RouteUnknown = new("request.unknown", RefusalKind.NotFound, "There is no such address.");
    public static readonly Refusal WrongMethod = new("request.wrong_method", RefusalKind.WrongMethod, "This address takes other methods; see Allow.");
    public static readonly Refusal WrongContentType = new("request.wrong_content_type", RefusalKind.WrongContentType, "Send JSON, with the content type application/json.");
    public static readonly Refusal MethodUnknown = new("request.unknown", RefusalKind.NotFound, "The hub has no such method.");
    public static readonly Refusal TooLarge = new("request.too_large", RefusalKind.TooLarge, "The request is larger than this address takes.");
    public static readonly Refusal BadCursor = new("request.bad_cursor", RefusalKind.Invalid, "The cursor is not one this list gave out.");
    public static readonly Refusal ServerBusy = new("server.busy", RefusalKind.Unavailable, "Too much is waiting to be written; try again shortly.") { RetryAfter = TimeSpan.FromSeconds(1) };

    public static readonly Refusal Draining = new("hub.draining", RefusalKind.Unavailable, "This node is about to stop; connect to another one.") { RetryAfter = TimeSpan.FromMilliseconds(250) };

    public static Refusal Invalid(string what) => new("request.invalid", RefusalKind.Invalid, what);

    public static Refusal RateLimited(TimeSpan retryAfter) =>
        new("rate.limited", RefusalKind.RateLimited, "That is more than the hub takes from one person; slow down.") { RetryAfter = retryAfter };

    public static Refusal TextEmpty => new("text.empty", RefusalKind.Invalid, "There is nothing to read in this text.");

    public static Refusal TextTooLong(int limit) => new("text.too_long", RefusalKind.Invalid, $"At most {limit} characters.");
}
