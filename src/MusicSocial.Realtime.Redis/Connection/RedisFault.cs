using StackExchange.Redis;

namespace MusicSocial.Realtime.Redis.Connection;

/// <summary>Tells "Redis is away" from mistakes.</summary>
internal static class RedisFault
{
    private static readonly string[] Unavailable =
    [
        "LOADING", "READONLY", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "BUSY", "OOM", "MISCONF", "NOREPLICAS", "NOAUTH", "WRONGPASS",
    ];

    /// <summary>
    /// Whether it says that Redis cannot serve now, and may do so later. The client cancels pending commands when a connection is replaced: a
    /// cancellation that <paramref name="cancellationToken"/> did not ask for is one of those.
    /// </summary>
    public static bool MeansAway(Exception exception, CancellationToken cancellationToken = default) => exception switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        RedisServerException server => Unavailable.Any(code => server.Message.Contains(code, StringComparison.Ordinal)),
        RedisConnectionException or TimeoutException or ObjectDisposedException => true,
        _ => false,
    };

    /// <summary>What Redis or the network answered, without the client's diagnostics after it.</summary>
    public static string ReasonOf(Exception exception) => exception.Message.Split(", mc:", 2)[0];

    /// <summary>Whether the command was never sent.</summary>
    public static bool MeansNotSent(Exception exception) =>
        exception is RedisConnectionException { FailureType: ConnectionFailureType.UnableToResolvePhysicalConnection };
}
