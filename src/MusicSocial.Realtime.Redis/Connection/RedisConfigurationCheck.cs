using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace MusicSocial.Realtime.Redis.Connection;

/// <summary>What was found of a Redis server.</summary>
/// <param name="Objection">What makes it unusable for a hub, in one sentence; null when nothing does.</param>
/// <param name="Warnings">What costs followers something but does not make it unusable, a sentence each.</param>
public sealed record RedisFindings(string? Objection, IReadOnlyList<string> Warnings);

/// <summary>Whether a Redis server may be trusted with a hub: its version, what it evicts, what it writes down.</summary>
public static partial class RedisConfigurationCheck
{
    private static readonly Version Oldest = new(7, 0);

    /// <summary>Connects, examines the server and disconnects; a server that does not answer or refuses is an objection too.</summary>
    /// <param name="connectionString">As <c>AddRedisBackplane</c> takes it; <see cref="FormatException"/> when it cannot be read.</param>
    public static async Task<RedisFindings> ExamineAsync(string connectionString)
    {
        var options = RedisSettings.Parse(connectionString).Options;
        options.AbortOnConnectFail = true;
        try
        {
            await using var connection = await ConnectionMultiplexer.ConnectAsync(options);
            return await ExamineAsync(connection.GetDatabase());
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            return new($"it cannot be used: {RedisFault.ReasonOf(exception)}", []);
        }
    }

    /// <summary>What makes the server unusable, in one sentence; null when nothing does. Warnings are logged.</summary>
    internal static async Task<string?> CheckAsync(IDatabase database, ILogger logger)
    {
        var findings = await ExamineAsync(database);
        foreach (var warning in findings.Warnings)
            LogWarning(logger, warning);
        return findings.Objection;
    }

    private static async Task<RedisFindings> ExamineAsync(IDatabase database)
    {
        var info = (string?)await database.ExecuteAsync("INFO", "server") ?? "";
        var version = ReadLine(info, "redis_version:");
        if (Version.TryParse(version, out var present) && present < Oldest)
            return new($"it is version {version}; {Oldest} or newer is needed.", []);
        try
        {
            return await ExamineSettingsAsync(database);
        }
        catch (RedisServerException exception)
        {
            return new(null, [$"its settings cannot be read ({exception.Message}): check that maxmemory-policy is noeviction and that it persists."]);
        }
    }

    private static async Task<RedisFindings> ExamineSettingsAsync(IDatabase database)
    {
        var policy = await ReadSettingAsync(database, "maxmemory-policy");
        if (policy.StartsWith("allkeys-", StringComparison.Ordinal))
            return new($"its maxmemory-policy is {policy}, which evicts live rooms and topics; set it to noeviction.", []);
        var warnings = new List<string>();
        if (policy.StartsWith("volatile-", StringComparison.Ordinal))
            warnings.Add($"its maxmemory-policy is {policy}: short of memory it evicts topics (followers start over) and idempotency keys. Prefer noeviction.");
        if (await ReadSettingAsync(database, "appendonly") != "yes" && (await ReadSettingAsync(database, "save")).Length == 0)
            warnings.Add("it persists nothing: after its restart every follower starts over from a snapshot. Prefer appendonly yes.");
        return new(null, warnings);
    }

    private static async Task<string> ReadSettingAsync(IDatabase database, string name)
    {
        var pair = (RedisResult[]?)await database.ExecuteAsync("CONFIG", "GET", name) ?? [];
        return pair.Length == 2 ? (string?)pair[1] ?? "" : "";
    }

    private static string ReadLine(string info, string name) =>
        info.Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?[name.Length..].Trim() ?? "";

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis works, but {Warning}")]
    private static partial void LogWarning(ILogger logger, string warning);
}
