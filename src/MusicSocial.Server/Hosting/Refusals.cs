namespace MusicSocial.Server.Hosting;

/// <summary>Refusals every slice may give; each slice gathers its own beside it. All codes are listed in docs/protocol.md.</summary>
internal static class Refusals
{
    public static readonly Refusal SignInRequired = new("auth.required", "Sign in first; a guest account is one call away.");
    public static readonly Refusal Forbidden = new("auth.forbidden", "This is not yours to change.");
    public static readonly Refusal MalformedRequest = new("request.malformed", "The request could not be read.");
    public static readonly Refusal RouteUnknown = new("request.unknown", "There is no such door.");
    public static readonly Refusal WrongMethod = new("request.wrong_method", "This door opens for other methods; see Allow.");
    public static readonly Refusal WrongContentType = new("request.wrong_content_type", "Send JSON, with the content type application/json.");
    public static readonly Refusal MethodUnknown = new("request.unknown", "The hub has no such method.");
    public static readonly Refusal TooLarge = new("request.too_large", "The request is larger than this door takes.");
    public static readonly Refusal BadCursor = new("request.bad_cursor", "The cursor is not one this list gave out.");
    public static readonly Refusal ServerBusy = new("server.busy", "Too much is waiting to be written; try again shortly.") { RetryAfter = TimeSpan.FromSeconds(1) };

    public static readonly Refusal Draining = new("hub.draining", "This node is about to stop; another one takes you.") { RetryAfter = TimeSpan.FromMilliseconds(250) };

    public static Refusal Invalid(string what) => new("request.invalid", what);

    public static Refusal RateLimited(TimeSpan retryAfter) =>
        new("rate.limited", "That is more than this door takes from one person; slow down.") { RetryAfter = retryAfter };

    public static Refusal TextEmpty => new("text.empty", "There is nothing to read in this text.");

    public static Refusal TextTooLong(int limit) => new("text.too_long", $"At most {limit} characters.");
}
