using MusicSocial.Realtime.Redis.Connection;

namespace MusicSocial.Realtime.Redis.Topics;

/// <summary>
/// What Redis does by itself, atomically. Every script begins by looking whether this is still the data set in which the topic was
/// numbered: <c>master_replid</c> changes with every restart and promotion, and FLUSHALL takes the topic along.
/// </summary>
internal static class TopicScripts
{
    // KEYS: log, stream, two generations of idempotency keys, document.
    // ARGV: fresh epoch, channel, lifetime of an idle topic, idempotency window, most events, most bytes, lifetime of an idle document,
    // the command that rings.
    private const string Open = """
        local log, stream, document = KEYS[1], KEYS[2], KEYS[5]
        local channel, idle, window = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
        local time = redis.call('TIME')
        local now = time[1] * 1000 + time[2] / 1000
        local replid = string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)')
        local kept = redis.call('HMGET', log, 'epoch', 'replid', 'offset', 'at', 'size', 'generation', 'since', 'renew')
        local epoch, offset, at = kept[1], tonumber(kept[3] or 0), tonumber(kept[4] or 0)
        local size, generation, since, renew = tonumber(kept[5] or 0), tonumber(kept[6] or 0), tonumber(kept[7] or 0), tonumber(kept[8] or 0)

        if not epoch or kept[2] ~= replid then
          -- Other data than before, or none: something may be missing, so no follower may continue.
          epoch, at, renew = ARGV[1], 0, 0
          redis.call('UNLINK', stream, document)
          redis.call('HSET', log, 'epoch', epoch, 'replid', replid, 'offset', offset, 'at', 0)
          redis.call('PEXPIRE', log, idle)
        end

        local function renewed()
          if now < renew then return end
          redis.call('HSET', log, 'renew', string.format('%.0f', now + idle / 8))
          for i = 1, 4 do redis.call('PEXPIRE', KEYS[i], idle) end
        end

        """;

    private const string Append = """
        local function remember(key, stamp)
          if now - since > window then
            generation, since, renew = 1 - generation, now, 0
            redis.call('UNLINK', KEYS[3 + generation])
            redis.call('HSET', log, 'generation', generation, 'since', string.format('%.0f', since))
          end
          redis.call('HSET', KEYS[3 + generation], key, stamp)
        end

        local function remembered(key)
          return redis.call('HGET', KEYS[3 + generation], key) or redis.call('HGET', KEYS[4 - generation], key)
        end

        local function append(key, body)
          local first = remembered(key)
          if first then return first end
          if at == 0 then renew = 0 end
          offset, at = offset + 1, math.max(at, now)
          local atMs = string.format('%.3f', at)
          local entry = atMs .. ' ' .. body
          size = size == 0 and #entry or size + (#entry - size) / 8
          local most = math.max(1, math.min(tonumber(ARGV[5]), math.floor(tonumber(ARGV[6]) / size)))
          redis.call('XADD', stream, 'MAXLEN', '~', most, offset .. '-0', 'e', entry)
          local stamp = epoch .. ' ' .. offset .. ' ' .. atMs
          remember(key, stamp)
          redis.call(ARGV[8], channel, 'E' .. epoch .. ' ' .. offset .. ' ' .. entry)
          return stamp
        end

        local function appended()
          redis.call('HSET', log, 'offset', offset, 'at', string.format('%.3f', at), 'size', string.format('%.0f', size))
          renewed()
        end

        """;

    /// <summary>ARGV 9...: pairs of idempotency key and body. Returns, for each, a stamp and, when it was there before, what was kept of it.</summary>
    public static readonly RedisScript AppendEvents = new(
        Open + Append + """
        local answers, before = {}, offset
        for i = 9, #ARGV, 2 do
          local last = offset
          local stamp = append(ARGV[i], ARGV[i + 1])
          local first = false
          if offset == last then
            local name = string.match(stamp, ' (%d+) ') .. '-0'
            local found = redis.call('XRANGE', stream, name, name)
            if found[1] and string.sub(stamp, 1, #epoch) == epoch then first = found[1][2][2] end
          end
          answers[#answers + 1] = stamp
          answers[#answers + 1] = first
        end
        if offset > before then appended() end
        return answers
        """,
        isRepeatable: true);

    /// <summary>ARGV 9, 10: epoch and offset to continue from. Returns epoch, offset and, when nothing is missing since, the entries that followed.</summary>
    public static readonly RedisScript ReadEvents = new(
        Open + """
        renewed()
        local from = tonumber(ARGV[10])
        if ARGV[9] ~= epoch or from < 0 or from > offset then return { epoch, offset } end
        if from == offset then return { epoch, offset, {} } end
        local found = redis.call('XRANGE', stream, string.format('%.0f', from + 1) .. '-0', '+')
        if #found ~= offset - from then return { epoch, offset } end
        local entries = {}
        for i, entry in ipairs(found) do entries[i] = entry[2][2] end
        return { epoch, offset, entries }
        """,
        isRepeatable: true);

    /// <summary>Returns revision, bytes, epoch and offset, or nothing.</summary>
    public static readonly RedisScript ReadDocument = new(
        Open + """
        local live = redis.call('HMGET', document, 'revision', 'bytes')
        renewed()
        if not live[1] then return {} end
        redis.call('PEXPIRE', document, ARGV[7])
        return { live[1], live[2], epoch, offset }
        """,
        isRepeatable: true);

    /// <summary>
    /// ARGV 9-11: expected revision, bytes, name of this write; 12...: pairs of idempotency key and body. Returns epoch and offset after the
    /// write, also when it is repeated, and nothing when the live revision is another.
    /// </summary>
    public static readonly RedisScript WriteDocument = new(
        Open + Append + """
        local first = remembered(ARGV[11])
        if first then
          local was, at = string.match(first, '(%x+) (%d+)')
          return { was, at }
        end
        if tonumber(redis.call('HGET', document, 'revision') or 0) ~= tonumber(ARGV[9]) then return {} end
        redis.call('HSET', document, 'revision', string.format('%.0f', ARGV[9] + 1), 'bytes', ARGV[10])
        redis.call('PEXPIRE', document, ARGV[7])
        for i = 12, #ARGV, 2 do append(ARGV[i], ARGV[i + 1]) end
        remember(ARGV[11], epoch .. ' ' .. string.format('%.0f', offset))
        appended()
        return { epoch, offset }
        """,
        isRepeatable: true);

    /// <summary>ARGV 9, 10: revision, bytes. Returns the live revision and bytes, epoch and offset.</summary>
    public static readonly RedisScript SeedDocument = new(
        Open + """
        local live = redis.call('HMGET', document, 'revision', 'bytes')
        renewed()
        if not live[1] or tonumber(live[1]) < tonumber(ARGV[9]) then
          redis.call('HSET', document, 'revision', ARGV[9], 'bytes', ARGV[10])
          live = { ARGV[9], ARGV[10] }
        end
        redis.call('PEXPIRE', document, ARGV[7])
        return { live[1], live[2], epoch, offset }
        """,
        isRepeatable: true);
}
