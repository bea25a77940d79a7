using MusicSocial.Realtime.Redis.Connection;

namespace MusicSocial.Realtime.Redis.Presence;

/// <summary>
/// A place is a sorted set of people by the end of their latest lease, and a hash of each one's leases, <c>node=end</c> by node. Ends are
/// milliseconds of Redis' own time: no node's clock counts.
/// </summary>
internal static class PresenceScripts
{
    // KEYS: people, leases. ARGV: node.
    private const string Open = """
        local people, leases, node = KEYS[1], KEYS[2], ARGV[1]
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)

        local function others(person)
          local kept, latest = {}, 0
          for who, till in string.gmatch(redis.call('HGET', leases, person) or '', '(%x+)=(%d+)') do
            till = tonumber(till)
            if who ~= node and till > now then
              kept[#kept + 1] = who .. '=' .. string.format('%.0f', till)
              latest = math.max(latest, till)
            end
          end
          return kept, latest
        end

        local function present(person)
          local score = tonumber(redis.call('ZSCORE', people, person) or 0)
          return score > now
        end

        """;

    /// <summary>
    /// ARGV: node, longest lease, then person and milliseconds for each. Answers how many were absent before,
    /// then the people whose lease had lapsed; each lapse is answered once.
    /// </summary>
    public static readonly RedisScript Renew = new(
        Open + """
        local absent = 0
        for i = 3, #ARGV, 2 do
          local person, till = ARGV[i], now + tonumber(ARGV[i + 1])
          local kept, latest = others(person)
          if not present(person) then absent = absent + 1 end
          kept[#kept + 1] = node .. '=' .. string.format('%.0f', till)
          redis.call('HSET', leases, person, table.concat(kept, ' '))
          redis.call('ZADD', people, math.max(latest, till), person)
        end
        local answer = { absent }
        for _, person in ipairs(redis.call('ZRANGEBYSCORE', people, '-inf', now, 'LIMIT', 0, 100)) do
          redis.call('ZREM', people, person)
          redis.call('HDEL', leases, person)
          answer[#answer + 1] = person
        end
        redis.call('PEXPIRE', people, ARGV[2])
        redis.call('PEXPIRE', leases, ARGV[2])
        return answer
        """,
        isRepeatable: false);

    /// <summary>ARGV: node, person. Answers 1 when no node holds a lease for the person any more.</summary>
    public static readonly RedisScript Leave = new(
        Open + """
        local person = ARGV[2]
        local kept, latest = others(person)
        if latest > 0 then
          redis.call('HSET', leases, person, table.concat(kept, ' '))
          redis.call('ZADD', people, latest, person)
          return 0
        end
        redis.call('HDEL', leases, person)
        redis.call('ZREM', people, person)
        return 1
        """,
        isRepeatable: true);

    /// <summary>ARGV: node, most. Answers the people present.</summary>
    public static readonly RedisScript Who = new(
        Open + "return redis.call('ZRANGEBYSCORE', people, '(' .. string.format('%.0f', now), '+inf', 'LIMIT', 0, ARGV[2])",
        isRepeatable: true);

    /// <summary>ARGV: node. Answers how many are present.</summary>
    public static readonly RedisScript Count = new(
        Open + "return redis.call('ZCOUNT', people, '(' .. string.format('%.0f', now), '+inf')",
        isRepeatable: true);

    /// <summary>ARGV: node, person. Answers 1 when the person is present.</summary>
    public static readonly RedisScript IsPresent = new(
        Open + "return present(ARGV[2]) and 1 or 0",
        isRepeatable: true);
}
