using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace MusicSocial.Realtime.Redis.Connection;

/// <summary>Whether a Redis server may be trusted with a hub: its version, what it evicts, what it writes down.</summary>
internal static partial class RedisConfigurationCheck
{
    private static readonly Version Oldest = new(7, 0);

    /// <summary>What makes the server unusable, in one sentence; null when nothing does. Lesser things are logged.</summary>
    public static async Task<string?> CheckAsync(IDatabase database, ILogger logger)
    {
        var info = (string?)await database.ExecuteAsync("INFO", "server") ?? "";
        var version = ReadLine(info, "redis_version:");
        if (Version.TryParse(version, out var present) && present < Oldest)
            return $"it is version {version}; {Oldest} or newer is needed.";
        try
        {
            return await CheckSettingsAsync(database, logger);
        }
        catch (RedisServerException exception)
        {
            LogUnknown(logger, exception.Message);
            return null;
        }
    }

    private static async Task<string?> CheckSettingsAsync(IDatabase database, ILogger logger)
    {
        var policy = await ReadSettingAsync(database, "maxmemory-policy");
        if (policy.StartsWith("allkeys-", StringComparison.Ordinal))
            return $"its maxmemory-policy is {policy}, which throws away live rooms and topics; set it to noeviction.";
        if (policy.StartsWith("volatile-", StringComparison.Ordinal))
            LogVolatile(logger, policy);
        if (await ReadSettingAsync(database, "appendonly") != "yes" && (await ReadSettingAsync(database, "save")).Length == 0)
            LogForgetful(logger);
        return null;
    }

    private static async Task<string> ReadSettingAsync(IDatabase database, string name)
    {
        var pair = (RedisResult[]?)await database.ExecuteAsync("CONFIG", "GET", name) ?? [];
        return pair.Length == 2 ? (string?)pair[1] ?? "" : "";
    }

    private static string ReadLine(string info, string name) =>
        info.Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?[name.Length..].Trim() ?? "";

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis does not tell its settings ({Answer}): see to it yourself that maxmemory-policy is noeviction and that it persists.")]
    private static partial void LogUnknown(ILogger logger, string answer);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis' maxmemory-policy is {Policy}: short of memory it forgets topics (followers start over) and idempotency keys. Prefer noeviction.")]
    private static partial void LogVolatile(ILogger logger, string policy);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis persists nothing: after its restart every follower starts over from a snapshot. Prefer appendonly yes.")]
    private static partial void LogForgetful(ILogger logger);
}
