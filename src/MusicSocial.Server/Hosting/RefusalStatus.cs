namespace MusicSocial.Server.Hosting;

/// <summary>Which HTTP status a refusal code speaks with: by exact code first, then by how it ends.</summary>
internal static class RefusalStatus
{
    private static readonly Dictionary<string, int> ByCode = new(StringComparer.Ordinal)
    {
        ["auth.required"] = StatusCodes.Status401Unauthorized,
        ["auth.invalid"] = StatusCodes.Status401Unauthorized,
        ["auth.expired"] = StatusCodes.Status401Unauthorized,
        ["request.wrong_method"] = StatusCodes.Status405MethodNotAllowed,
        ["request.wrong_content_type"] = StatusCodes.Status415UnsupportedMediaType,
        ["server.busy"] = StatusCodes.Status503ServiceUnavailable,
        ["hub.draining"] = StatusCodes.Status503ServiceUnavailable,
        ["hub.unavailable"] = StatusCodes.Status503ServiceUnavailable,
        ["lyrics.quote_undrawable"] = StatusCodes.Status503ServiceUnavailable,
        ["lyrics.none"] = StatusCodes.Status404NotFound,
        ["room.password"] = StatusCodes.Status403Forbidden,
        ["room.kicked"] = StatusCodes.Status403Forbidden,
        ["room.not_member"] = StatusCodes.Status403Forbidden,
    };

    private static readonly Dictionary<string, int> ByEnding = new(StringComparer.Ordinal)
    {
        ["not_found"] = StatusCodes.Status404NotFound,
        ["unknown"] = StatusCodes.Status404NotFound,
        ["forbidden"] = StatusCodes.Status403Forbidden,
        ["hidden"] = StatusCodes.Status404NotFound,
        ["taken"] = StatusCodes.Status409Conflict,
        ["stale"] = StatusCodes.Status409Conflict,
        ["conflict"] = StatusCodes.Status409Conflict,
        ["full"] = StatusCodes.Status409Conflict,
        ["request.too_large"] = StatusCodes.Status413PayloadTooLarge,
        ["limited"] = StatusCodes.Status429TooManyRequests,
        ["slow_mode"] = StatusCodes.Status429TooManyRequests,
    };

    public static int Of(string code)
    {
        if (ByCode.TryGetValue(code, out var status))
            return status;
        foreach (var (ending, byEnding) in ByEnding)
        {
            if (code.EndsWith(ending, StringComparison.Ordinal))
                return byEnding;
        }

        return code.StartsWith("lyrics.", StringComparison.Ordinal)
            ? StatusCodes.Status422UnprocessableEntity
            : StatusCodes.Status400BadRequest;
    }
}
