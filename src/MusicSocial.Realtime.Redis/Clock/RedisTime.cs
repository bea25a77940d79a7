using System.Globalization;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Redis.Connection;
using StackExchange.Redis;

namespace MusicSocial.Realtime.Redis.Clock;

/// <summary>Redis' own clock as the authority, with the nodes' correction of it.</summary>
internal sealed class RedisTime(RedisConnection connection) : IClockAuthority
{
    // TIME is a string of digits: as a number of microseconds it is exact in a double until the year 2255.
    private static readonly RedisScript Read = new(
        """
        local time = redis.call('TIME')
        return {time[1] .. string.format('%06d', time[2]), redis.call('GET', KEYS[1]) or ''}
        """,
        isRepeatable: false);

    // KEYS: correction. ARGV: what was read, the new one.
    private static readonly RedisScript Replace = new(
        """
        if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
        redis.call('SET', KEYS[1], ARGV[2])
        return 1
        """,
        isRepeatable: false);

    private RedisKey[] Keys => [connection.Keys.Of("clock", "correction")];

    public async Task<ClockReading> ReadAsync(CancellationToken cancellationToken)
    {
        var answer = (RedisResult[])(await connection.RunAsync(Read, Keys, [], cancellationToken))!;
        var time = new HubTime(long.Parse((string)answer[0]!, CultureInfo.InvariantCulture) * TimeSpan.TicksPerMicrosecond);
        return new(time, long.TryParse((string?)answer[1], CultureInfo.InvariantCulture, out var correction) ? correction : null);
    }

    public async Task<bool> TryReplaceAsync(long? read, long correctionUs, CancellationToken cancellationToken) =>
        (long)await connection.RunAsync(Replace, Keys, [Text(read), Text(correctionUs)], cancellationToken) == 1;

    private static RedisValue Text(long? correctionUs) => correctionUs?.ToString(CultureInfo.InvariantCulture) ?? "";
}
