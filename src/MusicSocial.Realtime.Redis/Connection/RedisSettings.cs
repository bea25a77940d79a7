using System.Globalization;
using System.Text.RegularExpressions;
using StackExchange.Redis;

namespace MusicSocial.Realtime.Redis.Connection;

/// <summary>
/// What one connection string says: StackExchange.Redis' own options (<c>host:port,password=...,ssl=true,defaultDatabase=1</c>) and
/// <c>prefix=</c>, which keeps several hubs apart on one server, and <c>sharded=true</c>, with which the messages of a Redis Cluster stay on
/// the shard of their topic instead of going to every server.
/// </summary>
/// <param name="Prefix">Begins the name of every key and channel.</param>
/// <param name="IsSharded">Whether channels are sharded; all nodes must agree.</param>
/// <param name="CommandTimeout">After this long without an answer Redis counts as away (<c>syncTimeout</c>, milliseconds).</param>
/// <param name="Options">For StackExchange.Redis.</param>
internal sealed partial record RedisSettings(string Prefix, bool IsSharded, TimeSpan CommandTimeout, ConfigurationOptions Options)
{
    private const string DefaultPrefix = "musicsocial";
    private const int DefaultCommandTimeoutMs = 2_000;
    private const int DefaultConnectTimeoutMs = 1_000;

    /// <summary>The number of the database all keys are in.</summary>
    public int Database => Options.DefaultDatabase ?? 0;

    /// <summary>Reads a connection string; <see cref="FormatException"/> says in one sentence what is wrong with it.</summary>
    public static RedisSettings Parse(string connectionString)
    {
        var parts = connectionString.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToList();
        var prefix = Take(parts, "prefix") ?? DefaultPrefix;
        var isSharded = TakeSharded(parts);
        var commandTimeout = TakeMs(parts, "syncTimeout") ?? DefaultCommandTimeoutMs;
        var connectTimeout = TakeMs(parts, "connectTimeout") ?? DefaultConnectTimeoutMs;
        if (!PrefixShape().IsMatch(prefix))
            throw new FormatException("The Redis prefix must be 1-64 of letters, digits and -_.: only.");
        if (parts.TrueForAll(part => part.Contains('=', StringComparison.Ordinal)))
            throw new FormatException("The Redis connection string names no server; write host:port first.");
        var options = ParseOptions(string.Join(',', parts));
        // INFO and CONFIG GET, which tell whether the server is fit for a hub, count as commands of an administrator.
        options.AllowAdmin = true;
        // Redis may be away when a node starts, and a node waits for nothing longer than for an answer.
        options.AbortOnConnectFail = false;
        options.ConnectTimeout = connectTimeout;
        options.SyncTimeout = options.AsyncTimeout = commandTimeout;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ReconnectRetryPolicy = new LinearRetry(connectTimeout);
        // Neither is ours, and a user with few rights may not touch them.
        options.TieBreaker = options.ConfigurationChannel = "";
        return new(prefix, isSharded, TimeSpan.FromMilliseconds(commandTimeout), options);
    }

    private static ConfigurationOptions ParseOptions(string text)
    {
        try
        {
            return ConfigurationOptions.Parse(text);
        }
        catch (ArgumentException exception)
        {
            throw new FormatException($"The Redis connection string is not understood: {exception.Message}", exception);
        }
    }

    private static string? Take(List<string> parts, string name)
    {
        var index = parts.FindIndex(part => part.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase));
        if (index < 0)
            return null;
        var value = parts[index][(name.Length + 1)..];
        parts.RemoveAt(index);
        return value;
    }

    private static int? TakeMs(List<string> parts, string name) =>
        Take(parts, name) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ms) && ms is >= 50 and <= 60_000 ? ms
        : throw new FormatException($"{name} in the Redis connection string must be 50-60000 milliseconds.");

    [GeneratedRegex("^[A-Za-z0-9_.:-]{1,64}$", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex PrefixShape();

    private static bool TakeSharded(List<string> parts) => Take(parts, "sharded")?.ToLowerInvariant() switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw new FormatException("sharded in the Redis connection string must be true or false."),
    };
}
