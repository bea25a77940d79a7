using System.Net;
using MusicSocial.Client.Connection;

namespace MusicSocial.Client.Http;

/// <summary>An answer other than the one wanted.</summary>
internal sealed class NotServedException(HttpStatusCode status, RefusedException? refused) : Exception
{
    public bool IsUnauthorized => status == HttpStatusCode.Unauthorized;

    public bool Passes =>
        refused is null
            ? status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout
            : RefusalReading.Passes(refused.Refusal);

    public TimeSpan? RetryAfter => refused?.Refusal.RetryAfter;

    /// <summary>What the caller is told.</summary>
    public Exception Reason => refused as Exception ?? new HttpRequestException($"The node answered {(int)status}.", null, status);
}
