using System.Net;

namespace MusicSocial.Client.Http;

/// <summary>An answer without success: a refusal, or the status of a proxy or node that gave none.</summary>
internal sealed class NotServedException(HttpStatusCode status, Refusal? refusal) : Exception
{
    public bool IsUnauthorized => status == HttpStatusCode.Unauthorized;

    public bool MayBeRetried =>
        refusal?.Kind.MayBeRetried() ?? status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout;

    public TimeSpan? RetryAfter => refusal?.RetryAfter;

    /// <summary>What the caller of the client gets.</summary>
    public Exception Reason { get; } =
        refusal is null ? new HttpRequestException($"The node answered {(int)status}.", null, status) : new RefusedException(refusal);
}
