using System.Globalization;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Redis.Clock;
using MusicSocial.Realtime.Tests.Cluster;
using MusicSocial.Realtime.Tests.Rig;
using MusicSocial.TestRig;
using Xunit.Abstractions;

namespace MusicSocial.Realtime.Tests.Redis.Clock;

public sealed class ClusterClockSpecification : HubClockSpecification, IAsyncLifetime
{
    private readonly NodePair _nodes = new();

    protected override IHubClock Clock => _nodes.One.Get<IHubClock>();

    // A busy machine delays either of the two.
    protected override TimeSpan Tolerance => TimeSpan.FromMilliseconds(50);

    protected override async Task<HubTime> ReadReferenceAsync()
    {
        var reading = await _nodes.Other.Get<RedisTime>().ReadAsync(default);
        return reading.Time + TimeSpan.FromMicroseconds(reading.CorrectionUs ?? 0);
    }

    public Task InitializeAsync() => _nodes.StartAsync();

    public Task DisposeAsync() => _nodes.DisposeAsync().AsTask();
}

public sealed class ClusterClockTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Two_nodes_have_one_time_and_a_changed_correction_moves_neither()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var nodes = new NodePair();
        await nodes.StartAsync(redis.Address);
        var (one, other) = (nodes.One.Get<IHubClock>(), nodes.Other.Get<IHubClock>());
        await Patiently.UntilAsync(() => Apart(one, other) < 10, "the clocks have met");
        var apart = Enumerable.Range(0, 1_000).Select(_ => Apart(one, other)).Order().ToArray();
        output.WriteLine($"apart: median {apart[500]:f4} ms, largest {apart[^1]:f4} ms");
        Assert.InRange(apart[500], 0, 20);

        await redis.CommandAsync("FLUSHALL");
        await Patiently.UntilAsync(async () => Assert.Equal(0, await CorrectionMsAsync(redis, nodes), 100.0), "the correction is put back");
        Assert.InRange(Apart(one, other), 0, 100);
    }

    // Read on both sides of the other, so that what lies between the readings does not count.
    private static double Apart(IHubClock one, IHubClock other)
    {
        var before = one.Now;
        var middle = other.Now;
        var after = one.Now;
        return Math.Abs((middle - before).TotalMilliseconds + (middle - after).TotalMilliseconds) / 2;
    }

    private static async Task<double> CorrectionMsAsync(RedisServer redis, NodePair nodes)
    {
        var key = nodes.One.Get<Realtime.Redis.Connection.RedisConnection>().Keys.Of("clock", "correction");
        return double.Parse((string)(await redis.CommandAsync("GET", key))!, CultureInfo.InvariantCulture) / 1_000;
    }
}
