namespace MusicSocial.Server.Tests.Rooms;

/// <summary>How far ahead music starts, and for whom it waits.</summary>
[Trait("Stores", "both")]
public sealed class StartingTogetherTests(RoomsHub hub) : IClassFixture<RoomsHub>
{
    [Fact]
    public async Task Members_far_away_are_given_more_time()
    {
        await using var host = await hub.HostAsync();
        await host.QueueAsync(hub.First);
        await host.Client.CallAsync("ReportRoundTrip", 400, 20);
        var before = await HubMsAsync(host);
        await host.DoAsync("Play");

        Assert.True((await host.LookAsync()).Timeline.AnchoredAtMs >= before + 300);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(10_001, 0)]
    [InlineData(10, -0.5)]
    public async Task Impossible_round_trips_are_refused(double roundTripMs, double jitterMs)
    {
        await using var host = await hub.HostAsync();
        await host.Client.RefusedAsync("clock.invalid_round_trip", "ReportRoundTrip", roundTripMs, jitterMs);
    }

    [Fact]
    public async Task A_room_that_waits_starts_once_all_are_ready()
    {
        await using var host = await hub.HostAsync();
        await using var ann = await hub.EnterAsync(host.RoomId);
        await host.DoAsync("ChangeRoom", new { waitForAll = true, waitLimitMs = 15_000 });
        await host.QueueAsync(hub.First);
        await host.DoAsync("Play");
        var waiting = await host.LookAsync();
        Assert.Equal([host.Id, ann.Id], waiting.Waiting!.UserIds);
        Assert.Equal(waiting.Waiting.UserIds, (await ann.HearsAsync<WaitingView>("waiting")).UserIds);

        await ann.RefusedAsync("room.stale", "Ready", "nothing");
        await ann.DoAsync("Ready", waiting.Timeline.ItemId);
        await host.DoAsync("Ready", waiting.Timeline.ItemId);

        var playing = await ann.LookAsync();
        Assert.Null(playing.Waiting);
        Assert.True(playing.Timeline.AnchoredAtMs < waiting.Timeline.AnchoredAtMs);
    }

    [Fact]
    public async Task The_host_need_not_wait()
    {
        await using var host = await hub.HostAsync();
        await using var ann = await hub.EnterAsync(host.RoomId);
        await host.DoAsync("ChangeRoom", new { waitForAll = true, waitLimitMs = 15_000 });
        await host.QueueAsync(hub.First);
        await host.DoAsync("Play");
        var itemId = (await host.LookAsync()).Timeline.ItemId;

        await ann.RefusedAsync("room.forbidden", "StartNow", itemId);
        await host.DoAsync("StartNow", itemId);

        Assert.Null((await host.LookAsync()).Waiting);
    }

    private static async Task<double> HubMsAsync(Guest guest) =>
        (await guest.Client.CallAsync("Clock", 0)).GetProperty("hubMs").GetDouble();
}
