using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.RateLimiting;
using MusicSocial.Realtime.Redis.Connection;
using StackExchange.Redis;

namespace MusicSocial.Realtime.Redis.Limits;

/// <summary>
/// Limits over nodes: one instant per meter in Redis, by Redis' own time. A node counts its own calls too: what it must refuse anyway never
/// reaches Redis, and while Redis is away it goes on counting.
/// </summary>
internal sealed class RedisLimits(RedisConnection connection, TimeProvider time) : IRateLimitStore
{
    // The algorithm of LeakyBucket. KEYS: arrival. ARGV: microseconds between calls, burst. Answers the microseconds to wait.
    private static readonly RedisScript TakeOne = new(
        """
        local time = redis.call('TIME')
        local now = time[1] * 1000000 + time[2]
        local interval = tonumber(ARGV[1])
        local arrival = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now)
        local earliest = arrival - interval * (ARGV[2] - 1)
        if earliest > now then return earliest - now end
        arrival = arrival + interval
        redis.call('SET', KEYS[1], string.format('%.0f', arrival), 'PX', string.format('%.0f', (arrival - now) / 1000 + 1))
        return 0
        """,
        isRepeatable: false);

    private readonly KeyedRateLimiter _own = new(time);

    public async ValueTask<TimeSpan?> TakeAsync(string name, double perSecond, int burst, CancellationToken cancellationToken)
    {
        if (_own.Take(name, perSecond, burst) is { } wait)
            return wait;
        try
        {
            RedisValue[] arguments = [(long)(1_000_000 / perSecond), burst];
            var waitUs = (long)await connection.RunAsync(TakeOne, [KeyOf(name)], arguments, cancellationToken);
            return waitUs > 0 ? TimeSpan.FromMicroseconds(waitUs) : null;
        }
        catch (RefusedException)
        {
            return null;
        }
    }

    public async ValueTask ForgetAsync(string name, CancellationToken cancellationToken)
    {
        _own.Forget(name);
        try
        {
            await connection.ExecuteAsync("DEL", [KeyOf(name)], cancellationToken);
        }
        catch (RefusedException)
        {
            // It is forgotten by itself when its time has come.
        }
    }

    private RedisKey KeyOf(string name) => connection.Keys.Of(name, "limit");
}
