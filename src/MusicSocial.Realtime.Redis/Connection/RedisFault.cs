using StackExchange.Redis;

namespace MusicSocial.Realtime.Redis.Connection;

/// <summary>Tells "Redis is away" from mistakes.</summary>
internal static class RedisFault
{
    private static readonly string[] Unavailable =
    [
        "LOADING", "READONLY", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "BUSY", "OOM", "MISCONF", "NOREPLICAS", "NOAUTH", "WRONGPASS",
    ];

    /// <summary>Whether it says that Redis cannot serve now, and may do so later.</summary>
    public static bool MeansAway(Exception exception) => exception switch
    {
        RedisServerException server => Unavailable.Any(code => server.Message.Contains(code, StringComparison.Ordinal)),
        RedisConnectionException or TimeoutException or ObjectDisposedException => true,
        _ => false,
    };

    /// <summary>Whether the command was never sent.</summary>
    public static bool MeansNotSent(Exception exception) =>
        exception is RedisConnectionException { FailureType: ConnectionFailureType.UnableToResolvePhysicalConnection };
}
