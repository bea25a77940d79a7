namespace MusicSocial.Server.Tests.Rooms;

[Trait("Stores", "both")]
public sealed class PlayingTests(RoomsHub hub) : IClassFixture<RoomsHub>
{
    [Fact]
    public async Task All_in_a_room_hear_the_same_line()
    {
        await using var host = await hub.HostAsync();
        await using var ann = await hub.EnterAsync(host.RoomId);
        await host.QueueAsync(hub.First);
        await host.DoAsync("Play");

        var line = await ann.HearsAsync<TimelineView>("timeline");

        Assert.Equal((hub.First.Id, 1d, 0d, (double)hub.First.DurationMs), (line.TrackId, line.Rate, line.AnchorMs, line.DurationMs));
        Assert.Equal(line, await host.HearsAsync<TimelineView>("timeline"));
        Assert.Equal(line, (await ann.LookAsync()).Timeline);
    }

    [Fact]
    public async Task Music_starts_slightly_ahead_of_the_hub_clock()
    {
        await using var host = await hub.HostAsync();
        await host.QueueAsync(hub.First);
        var before = (await host.Client.CallAsync("Clock", 0)).GetProperty("hubMs").GetDouble();
        await host.DoAsync("Play");

        Assert.True((await host.LookAsync()).Timeline.AnchoredAtMs >= before + 80);
    }

    [Fact]
    public async Task Pause_seek_and_play_draw_new_lines()
    {
        await using var host = await hub.HostAsync();
        await host.QueueAsync(hub.First);
        await host.DoAsync("Play");
        await host.DoAsync("Seek", 60_000);
        await host.DoAsync("Pause");

        var paused = (await host.LookAsync()).Timeline;
        Assert.Equal(0, paused.Rate);
        Assert.True(paused.AnchorMs >= 60_000);

        await host.DoAsync("Play");
        var playing = (await host.LookAsync()).Timeline;
        Assert.Equal((1d, paused.AnchorMs), (playing.Rate, playing.AnchorMs));
    }

    [Theory]
    [InlineData(-1d)]
    [InlineData(180_001d)]
    [InlineData(1e300)]
    public async Task Seeking_outside_the_track_is_refused_and_changes_nothing(double positionMs)
    {
        await using var host = await hub.HostAsync();
        await host.QueueAsync(hub.First);
        await host.DoAsync("Play");
        var before = await host.LookAsync();

        await host.RefusedAsync("room.invalid_seek", "Seek", positionMs);

        Assert.Equal(before.Revision, (await host.LookAsync()).Revision);
    }

    [Fact]
    public async Task Skip_goes_on_from_the_item_heard_and_never_twice()
    {
        await using var host = await hub.HostAsync();
        await host.QueueAsync(hub.First, hub.Second);
        await host.DoAsync("Play");
        var first = (await host.LookAsync()).Timeline.ItemId;

        await host.DoAsync("Skip", first);
        await host.RefusedAsync("room.stale", "Skip", first);
        Assert.Equal(hub.Second.Id, (await host.LookAsync()).Timeline.TrackId);

        await host.DoAsync("Previous");
        var again = (await host.LookAsync()).Timeline;
        Assert.Equal(hub.First.Id, again.TrackId);
        Assert.NotEqual(first, again.ItemId);
    }

    [Fact]
    public async Task The_next_track_starts_by_itself_at_the_end_of_the_one_before()
    {
        await using var host = await hub.HostAsync();
        await host.QueueAsync(hub.First, hub.Second);
        await host.DoAsync("Play");
        await host.DoAsync("Seek", hub.First.DurationMs - 50);
        var last = (await host.LookAsync()).Timeline;

        TimelineView line;
        do
        {
            line = await host.HearsAsync<TimelineView>("timeline");
        }
        while (line.TrackId != hub.Second.Id);

        Assert.Equal(last.AnchoredAtMs + 50, line.AnchoredAtMs, 0.01);
    }

    [Fact]
    public async Task With_nothing_to_play_playing_is_refused()
    {
        await using var host = await hub.HostAsync();
        await host.RefusedAsync("room.nothing_playing", "Play");
        await host.RefusedAsync("room.nothing_playing", "Pause");
        await host.RefusedAsync("room.nothing_playing", "Seek", 0);
        await host.RefusedAsync("room.nothing_playing", "Previous");
        await host.RefusedAsync("room.stale", "Skip", "q1");
    }

    [Fact]
    public async Task Listeners_and_strangers_do_not_run_the_music()
    {
        await using var host = await hub.HostAsync();
        await host.QueueAsync(hub.First);
        await using var ann = await hub.EnterAsync(host.RoomId);
        await ann.RefusedAsync("room.forbidden", "Play");
        await ann.RefusedAsync("room.forbidden", "Seek", 1);

        await using var stranger = await HubClient.ConnectAsync(await hub.App.GuestAsync("Stranger"));
        await stranger.RefusedAsync("room.not_member", "Play", host.RoomId);
        await stranger.RefusedAsync("room.not_found", "Play", "nowhere");
        await stranger.RefusedAsync("room.not_found", "Play", [null]);
    }
}
