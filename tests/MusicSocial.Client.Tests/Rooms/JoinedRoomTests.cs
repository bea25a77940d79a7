using MusicSocial.Client.Rooms;
using MusicSocial.TestRig;

namespace MusicSocial.Client.Tests.Rooms;

public sealed class JoinedRoomTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    [Fact]
    public async Task A_room_follows_what_others_do_in_it()
    {
        await using var ann = await TestHub.GuestAsync(fixture.Hub.Address);
        await using var bob = await TestHub.GuestAsync(fixture.Hub.Address);
        var track = await ann.FirstTrackAsync();
        var opened = await ann.Rooms.OpenAsync("Kitchen");
        await using var hers = await ann.Rooms.JoinAsync(opened.Id);
        await using var his = await bob.Rooms.JoinAsync(opened.Code);

        await hers.EnqueueAsync(track.Id);
        await hers.PlayAsync();
        await hers.SeekAsync(TimeSpan.FromSeconds(3));
        await hers.SayAsync("hello");
        await hers.ChangeAsync(new RoomSettingsRequest { Name = "Cellar" });
        var seen = await UntilAsync(his, room => room is { Name: "Cellar", Timeline.Rate: > 0, Chat: [{ Text: "hello" }] });

        Assert.Equal(track.Id, seen.Timeline.TrackId);
        Assert.Equal(2, seen.Members.Count);
        await bob.ConnectAsync();
        Assert.InRange(bob.Clock.PositionOf(seen.Timeline), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_long_queue_is_followed_item_by_item()
    {
        await using var ann = await TestHub.GuestAsync(fixture.Hub.Address);
        await using var bob = await TestHub.GuestAsync(fixture.Hub.Address);
        var track = await ann.FirstTrackAsync();
        await using var hers = await ann.Rooms.JoinAsync((await ann.Rooms.OpenAsync("Kitchen")).Id);
        await using var his = await bob.Rooms.JoinAsync(hers.Id);
        for (var number = 0; number < 103; number++)
            await hers.EnqueueAsync(track.Id);
        var queue = (await ann.Rooms.GetAsync(hers.Id)).Queue;
        await hers.MoveAsync(queue[102].ItemId, 1);
        await hers.RemoveAsync(queue[0].ItemId);

        var seen = await UntilAsync(his, room => room.Queue.Count == 102 && room.Queue[0].ItemId == queue[102].ItemId);

        Assert.Equal([queue[102].ItemId, .. queue.Skip(1).Take(101).Select(item => item.ItemId)], seen.Queue.Select(item => item.ItemId));
    }

    [Fact]
    public async Task A_command_repeated_over_a_broken_connection_is_done_once()
    {
        await using var proxy = new TcpProxy(() => fixture.Hub.Address.Port);
        await using var ann = await TestHub.GuestAsync(TestHub.At(proxy));
        var track = await ann.FirstTrackAsync();
        await using var room = await ann.Rooms.JoinAsync((await ann.Rooms.OpenAsync("Kitchen")).Id);
        await room.EnqueueAsync(track.Id);

        proxy.Delay = TimeSpan.FromMilliseconds(150);
        var enqueued = room.EnqueueAsync(track.Id);
        await Task.Delay(220);
        proxy.Cut();
        proxy.Delay = TimeSpan.Zero;
        await enqueued;

        Assert.Equal(2, (await ann.Rooms.GetAsync(room.Id)).Queue.Count);
    }

    [Fact]
    public async Task A_removed_member_is_told_and_the_room_ends_for_them_also_when_watched_late()
    {
        await using var ann = await TestHub.GuestAsync(fixture.Hub.Address);
        await using var bob = await TestHub.GuestAsync(fixture.Hub.Address);
        await using var hers = await ann.Rooms.JoinAsync((await ann.Rooms.OpenAsync("Kitchen")).Id);
        await using var his = await bob.Rooms.JoinAsync(hers.Id);

        await hers.KickAsync(bob.Accounts.Session!.User.Id);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => his.Ended);

        Assert.Equal("room.kicked", refused.Refusal.Code);
        // Watching begins after the end: it must not look like a room that closed.
        var late = await Assert.ThrowsAsync<RefusedException>(() => UntilAsync(his, _ => false));
        Assert.Equal("room.kicked", late.Refusal.Code);
    }

    [Fact]
    public async Task A_refusal_keeps_its_code()
    {
        await using var ann = await TestHub.GuestAsync(fixture.Hub.Address);
        await using var bob = await TestHub.GuestAsync(fixture.Hub.Address);
        var opened = await ann.Rooms.OpenAsync("Kitchen");
        // A member who is present is always in charge: not Bob, while Ann is there.
        await using var hers = await ann.Rooms.JoinAsync(opened.Id);
        await using var his = await bob.Rooms.JoinAsync(opened.Id);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => his.PlayAsync());

        Assert.Equal("room.forbidden", refused.Refusal.Code);
    }

    private static async Task<RoomView> UntilAsync(JoinedRoom room, Func<RoomView, bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await foreach (var state in room.WatchAsync(patience.Token))
        {
            if (condition(state))
                return state;
        }

        throw new InvalidOperationException("The room ended.");
    }
}
