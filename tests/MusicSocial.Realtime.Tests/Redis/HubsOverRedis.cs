using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using MusicSocial.Realtime.Redis;
using MusicSocial.Realtime.Redis.Connection;
using MusicSocial.Realtime.Tests.Hubs;
using MusicSocial.Realtime.Tests.Rig;
using MusicSocial.TestRig;

namespace MusicSocial.Realtime.Tests.Redis;

public sealed class RedisHubSpecification : PlainHubSpecification
{
    internal override async Task<(PlainNode Here, PlainNode There)> StartAsync() =>
        await RedisHubs.StartAsync((await RedisServer.SharedAsync()).Address);
}

public sealed class RedisClientResultSpecification : ClientResultSpecification
{
    internal override async Task<(PlainNode Here, PlainNode There)> StartAsync() =>
        await RedisHubs.StartAsync((await RedisServer.SharedAsync()).Address);
}

public sealed class RedisHubFaultTests
{
    [Fact]
    public async Task What_is_sent_while_Redis_is_away_is_heard_here_at_once_and_there_when_it_is_back()
    {
        await using var redis = await RedisServer.StartAsync();
        var (here, there) = await RedisHubs.StartAsync(redis.Address);
        await using (here)
        await using (there)
        {
            var (ann, bob) = (await here.ConnectAsync(), await there.ConnectAsync());
            await Task.WhenAll(ann.Connection.InvokeAsync("Join", "x"), bob.Connection.InvokeAsync("Join", "x"));
            await here.Clients.Group("x").SendAsync("say", "before");
            await Eventually.Holds(() => ann.Heard.Length + bob.Heard.Length == 2, "both heard it");

            await redis.KillAsync();
            await Patiently.UntilAsync(() => !here.Get<RedisConnection>().IsUp && !there.Get<RedisConnection>().IsUp, "Redis is away");
            for (var i = 0; i < 20; i++)
                await here.Clients.Group("x").SendAsync("say", $"here {i}");
            await there.Clients.Group("x").SendAsync("say", "there");
            await Eventually.Holds(() => ann.Heard.Length == 21 && bob.Heard.Length == 2, "each node hears its own");

            await redis.StartAgainAsync();
            await Patiently.UntilAsync(() => ann.Heard.Length >= 22 && bob.Heard.Length >= 22, "everybody hears everything");
            await here.Clients.Group("x").SendAsync("say", "after");
            await Patiently.UntilAsync(() => ann.Heard[^1] == "after" && bob.Heard[^1] == "after", "it goes on");

            var everything = Enumerable.Range(0, 20).Select(i => $"here {i}").Append("there").Append("before").Append("after").Order();
            Assert.Equal(everything, ann.Heard.Order());
            Assert.Equal(everything, bob.Heard.Order());
            Assert.Equal(Enumerable.Range(0, 20), bob.Heard.Where(text => text.StartsWith("here", StringComparison.Ordinal)).Select(text => int.Parse(text[5..])));
        }
    }
}

/// <summary>Two nodes joined by a Redis.</summary>
internal static class RedisHubs
{
    public static async Task<(PlainNode Here, PlainNode There)> StartAsync(string redis)
    {
        var connection = $"{redis},prefix=test-{Guid.CreateVersion7():n}";
        return (await StartNodeAsync(connection), await StartNodeAsync(connection));
    }

    private static Task<PlainNode> StartNodeAsync(string connection) =>
        PlainNode.StartAsync(services => services.AddRedisBackplane(connection).AddRealtime().AddBackplaneHub<PlainHub>());
}
