using System.Collections.Concurrent;
using System.Text;
using MusicSocial.Realtime.Redis.Connection;
using MusicSocial.Realtime.Tests.Rig;
using MusicSocial.TestRig;
using StackExchange.Redis;

namespace MusicSocial.Realtime.Tests.Redis.Connection;

public sealed class RedisConnectionTests
{
    private static readonly RedisScript Increment = new("return redis.call('INCR', KEYS[1])", isRepeatable: false);

    [Fact]
    public async Task Scripts_run_and_survive_a_server_that_forgot_them()
    {
        await using var server = await RedisServer.StartAsync();
        await using var node = await TestNode.StartAsync(server.Address);
        var connection = node.Get<RedisConnection>();
        RedisKey[] keys = [connection.Keys.Of("a", "count")];

        Assert.Equal(1, (long)await connection.RunAsync(Increment, keys, [], default));
        await server.CommandAsync("SCRIPT", "FLUSH");
        Assert.Equal(2, (long)await connection.RunAsync(Increment, keys, [], default));
    }

    [Fact]
    public async Task Messages_are_heard_in_the_order_they_were_sent()
    {
        var server = await RedisServer.SharedAsync();
        // Order is asked for, not speed: 500 at once may wait for a busy machine.
        var patient = $"{Prefixed(server)},syncTimeout=30000";
        await using var node = await TestNode.StartAsync(patient);
        await using var other = await TestNode.StartAsync(patient);
        var heard = new ConcurrentQueue<string>();
        await node.Get<RedisConnection>().ListenAsync("order", message => heard.Enqueue(Encoding.UTF8.GetString(message)), default);

        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => other.Get<RedisConnection>().PublishAsync("order", Encoding.UTF8.GetBytes($"{i}"), default)));

        await Eventually.Holds(() => heard.Count == 500, "all messages heard");
        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"{i}"), heard);
    }

    [Fact]
    public async Task Without_Redis_a_node_starts_refuses_at_once_and_is_there_when_Redis_is()
    {
        await using var server = await RedisServer.StartAsync();
        await server.KillAsync();
        await using var node = await TestNode.StartAsync(server.Address);
        var connection = node.Get<RedisConnection>();

        Assert.False(connection.IsUp);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => connection.PingAsync(default));
        Assert.Equal("hub.unavailable", refused.Refusal.Code);
        Assert.NotNull(refused.Refusal.RetryAfter);

        await server.StartAgainAsync();
        await Eventually.Holds(() => connection.IsUp, "up");
        await connection.PingAsync(default);
    }

    [Fact]
    public async Task A_killed_subscription_is_doubted_and_heard_again()
    {
        await using var server = await RedisServer.StartAsync();
        await using var node = await TestNode.StartAsync(server.Address);
        var connection = node.Get<RedisConnection>();
        var (doubts, heard) = (0, 0);
        connection.Doubted += (_, _) => Interlocked.Increment(ref doubts);
        await connection.ListenAsync("news", _ => Interlocked.Increment(ref heard), default);

        await server.CommandAsync("CLIENT", "KILL", "TYPE", "pubsub");

        await Eventually.Holds(() => doubts > 0, "doubted");
        Assert.True(connection.IsUp);
        await connection.PublishAsync("news", [1], default);
        await Eventually.Holds(() => heard == 1, "heard again");
    }

    [Fact]
    public async Task A_half_open_connection_is_noticed_and_made_anew()
    {
        await using var server = await RedisServer.StartAsync();
        await using var proxy = new TcpProxy(() => server.Port);
        await using var node = await TestNode.StartAsync($"127.0.0.1:{proxy.Port},syncTimeout=500");
        var connection = node.Get<RedisConnection>();
        var heard = 0;
        await connection.ListenAsync("news", _ => Interlocked.Increment(ref heard), default);

        // What stands now stays silent for good; new connections work.
        proxy.SwallowStanding();

        await Eventually.Holds(() => !connection.IsUp, "away");
        await Assert.ThrowsAsync<RefusedException>(() => connection.PingAsync(default));
        await Eventually.Holds(() => connection.IsUp, "up again");
        await connection.PublishAsync("news", [1], default);
        await Eventually.Holds(() => heard == 1, "heard on the new connection");
    }

    [Fact]
    public async Task A_paused_server_is_away_until_it_goes_on()
    {
        await using var server = await RedisServer.StartAsync();
        await using var node = await TestNode.StartAsync($"{server.Address},syncTimeout=500");
        var connection = node.Get<RedisConnection>();

        server.Pause();
        await Eventually.Holds(() => !connection.IsUp, "away");
        server.Resume();

        await Eventually.Holds(() => connection.IsUp, "up again");
        await connection.PingAsync(default);
    }

    [Theory]
    [InlineData("allkeys-lru")]
    [InlineData("allkeys-random")]
    public async Task A_server_that_evicts_live_keys_is_refused(string policy)
    {
        await using var server = await RedisServer.StartAsync("--maxmemory-policy", policy);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => TestNode.StartAsync(server.Address));

        Assert.Contains("noeviction", refused.Message);
    }

    private static string Prefixed(RedisServer server) => $"{server.Address},prefix=connection";
}
