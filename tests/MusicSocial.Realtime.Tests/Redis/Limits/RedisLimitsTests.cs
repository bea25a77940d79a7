using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Tests.Cluster;
using MusicSocial.Realtime.Tests.Rig;
using MusicSocial.TestRig;

namespace MusicSocial.Realtime.Tests.Redis.Limits;

public sealed class RedisLimitsSpecification : RateLimitStoreSpecification, IAsyncLifetime
{
    private readonly NodePair _nodes = new();

    protected override IRateLimitStore Limits => _nodes.One.Get<IRateLimitStore>();

    protected override IRateLimitStore OtherLimits => _nodes.Other.Get<IRateLimitStore>();

    protected override Task PassAsync(TimeSpan span) => Task.Delay(span);

    public Task InitializeAsync() => _nodes.StartAsync();

    public Task DisposeAsync() => _nodes.DisposeAsync().AsTask();
}

public sealed class RedisLimitsTests
{
    [Fact]
    public async Task While_Redis_is_away_each_node_goes_on_counting()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var nodes = new NodePair();
        await nodes.StartAsync(redis.Address);
        var limits = nodes.One.Get<IRateLimitStore>();
        Assert.Null(await limits.TakeAsync("guess ann", 0.01, 2, default));
        await redis.KillAsync();

        Assert.Null(await limits.TakeAsync("guess ann", 0.01, 2, default));
        Assert.NotNull(await limits.TakeAsync("guess ann", 0.01, 2, default));
    }
}
