using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using MusicSocial.Realtime.Redis.Connection;
using MusicSocial.Realtime.Tests.Rig;
using MusicSocial.TestRig;

namespace MusicSocial.Realtime.Tests.Redis.Connection;

/// <summary>Users with few rights, sharded channels of a cluster, and what an operator reads when Redis refuses.</summary>
public sealed class RedisAccessTests
{
    private const string Topic = "test:song";

    [Fact]
    public async Task A_user_with_the_rights_of_its_prefix_alone_is_enough()
    {
        await using var server = await RedisServer.StartAsync();
        await server.CommandAsync(
            "ACL", "SETUSER", "hub", "on", ">secret", "~acl:*", "&acl@*", "+@all", "-@admin", "-@dangerous", "+info");

        await FollowOverTwoNodesAsync($"{server.Address},user=hub,password=secret,prefix=acl", async node =>
            Assert.Equal("hub", (string?)await node.Get<RedisConnection>().ExecuteAsync("ACL", ["WHOAMI"], default)));
    }

    [Fact]
    public async Task Topics_of_a_cluster_travel_on_sharded_channels()
    {
        await using var server = await RedisServer.StartAsync("--cluster-enabled", "yes");
        await server.CommandAsync("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
        for (var state = ""; !state.Contains("cluster_state:ok", StringComparison.Ordinal); await Task.Delay(20))
            state = (string?)await server.CommandAsync("CLUSTER", "INFO") ?? "";

        await FollowOverTwoNodesAsync($"{server.Address},sharded=true,prefix=sharded", async node =>
            Assert.Contains(
                node.Get<RedisConnection>().Keys.ChannelOf(Topic, "bell"),
                ((string[]?)await node.Get<RedisConnection>().ExecuteAsync("PUBSUB", ["SHARDCHANNELS"], default))!));
    }

    [Theory]
    [InlineData("", "NOAUTH")]
    [InlineData(",password=wrong", "NOAUTH")]
    public async Task A_refusal_is_logged_in_Redis_own_words(string credentials, string words)
    {
        await using var server = await RedisServer.StartAsync();
        await server.CommandAsync("CONFIG", "SET", "requirepass", "secret");
        await using var node = new TestNode();
        var logger = new ListLogger();
        await using var connection = new RedisConnection(
            RedisSettings.Parse($"{server.Address}{credentials},syncTimeout=500"), TimeProvider.System, node.Get<RealtimeMetrics>(), logger);

        await connection.StartAsync(default);

        Assert.False(connection.IsUp);
        await Eventually.Holds(() => logger.Lines.Any(line => line.Contains(words, StringComparison.Ordinal)), "the refusal is logged");
    }

    private static async Task FollowOverTwoNodesAsync(string redis, Func<TestNode, Task> check)
    {
        await using var here = await TestNode.StartAsync(redis);
        await using var there = await TestNode.StartAsync(redis);
        here.Kind.Snapshot = there.Kind.Snapshot = _ => Task.FromResult<object?>(Array.Empty<int>());
        var follower = await FaithfulFollower.StartAsync(there, Topic);

        await here.PublishAsync(Topic, 1);
        await there.PublishAsync(Topic, 2);

        await follower.KnowsAsync([1, 2]);
        Assert.Empty(follower.BrokenPromises);
        await check(there);
    }

    private sealed class ListLogger : ILogger<RedisConnection>
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception));
    }
}
