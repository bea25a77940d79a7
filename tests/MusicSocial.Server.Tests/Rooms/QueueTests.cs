namespace MusicSocial.Server.Tests.Rooms;

[Trait("Stores", "both")]
public sealed class QueueTests(RoomsHub hub) : IClassFixture<RoomsHub>
{
    [Fact]
    public async Task Queued_tracks_are_shown_to_all_with_who_added_them()
    {
        await using var host = await hub.HostAsync();
        await using var ann = await hub.EnterAsync(host.RoomId);
        await ann.QueueAsync(hub.First);

        var item = Assert.Single((await host.HearsAsync<QueueView>("queue")).Queue);

        Assert.Equal((hub.First, ann.Person.User), (item.Track, item.AddedBy));
    }

    [Fact]
    public async Task A_repeated_command_adds_nothing()
    {
        await using var host = await hub.HostAsync();
        await host.DoAsync("Enqueue", hub.First.Id, "once");
        var revision = (await host.LookAsync()).Revision;
        await host.DoAsync("Enqueue", hub.First.Id, "once");

        var room = await host.LookAsync();
        Assert.Equal(revision, room.Revision);
        Assert.Single(room.Queue);
    }

    [Fact]
    public async Task The_event_of_a_long_queue_carries_its_order_and_what_was_added()
    {
        await using var host = await hub.HostAsync();
        for (var number = 0; number < 102; number++)
            await host.DoAsync("Enqueue", hub.First.Id, $"c{number}");
        var items = (await host.LookAsync()).Queue;
        await host.DoAsync("MoveQueued", items[101].ItemId, 0);

        QueueView queue;
        for (var number = 1; number <= 100; number++)
        {
            queue = await host.HearsAsync<QueueView>("queue");
            Assert.Equal((number, null, null), (queue.Queue.Count, queue.Order, queue.Added));
        }

        queue = await host.HearsAsync<QueueView>("queue");
        Assert.Equal((100, 101, items[100]), (queue.Queue.Count, queue.Order!.Count, Assert.Single(queue.Added!)));
        queue = await host.HearsAsync<QueueView>("queue");
        Assert.Equal(items.Select(item => item.ItemId), queue.Order!);
        queue = await host.HearsAsync<QueueView>("queue");
        Assert.Equal([items[101].ItemId, .. items.Take(101).Select(item => item.ItemId)], queue.Order!);
        Assert.Equal((items[101], 0), (queue.Queue[0], queue.Added!.Count));
    }

    [Fact]
    public async Task Many_who_queue_at_once_all_get_their_place()
    {
        await using var host = await hub.HostAsync();
        var guests = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => hub.EnterAsync(host.RoomId, name: $"Guest {number}")));

        await Task.WhenAll(guests.SelectMany(guest => Enumerable.Range(0, 5).Select(number => guest.DoAsync("Enqueue", hub.First.Id, $"c{number}"))));

        var room = await host.LookAsync();
        Assert.Equal(40, room.Queue.Count);
        Assert.Equal(40, room.Queue.DistinctBy(item => item.ItemId).Count());
        Assert.All(guests, guest => Assert.Equal(5, room.Queue.Count(item => item.AddedBy.Id == guest.Id)));
        foreach (var guest in guests)
            await guest.DisposeAsync();
    }

    [Fact]
    public async Task Items_move_and_leave()
    {
        await using var host = await hub.HostAsync();
        await host.QueueAsync(hub.First, hub.Second);
        var queue = (await host.LookAsync()).Queue;

        await host.DoAsync("MoveQueued", queue[0].ItemId, 1);
        Assert.Equal([queue[1], queue[0]], (await host.LookAsync()).Queue);

        await host.DoAsync("RemoveQueued", queue[1].ItemId);
        Assert.Equal([queue[0]], (await host.LookAsync()).Queue);
    }

    [Fact]
    public async Task What_does_not_fit_is_refused()
    {
        await using var host = await hub.HostAsync();
        await using var ann = await hub.EnterAsync(host.RoomId);
        await host.QueueAsync(hub.First);
        var item = (await host.LookAsync()).Queue[0].ItemId;

        await host.RefusedAsync("track.not_found", "Enqueue", "no-such-track", "c");
        await host.RefusedAsync("track.not_found", "Enqueue", null, "c");
        await host.RefusedAsync("room.invalid_command", "Enqueue", hub.First.Id, "");
        await host.RefusedAsync("room.item_not_found", "RemoveQueued", "q99");
        await host.RefusedAsync("room.invalid_index", "MoveQueued", item, -1);
        await ann.RefusedAsync("room.forbidden", "RemoveQueued", item);
        await ann.RefusedAsync("room.forbidden", "MoveQueued", item, 0);
    }

    [Fact]
    public async Task Where_listeners_may_not_queue_they_are_refused()
    {
        await using var host = await hub.HostAsync();
        await using var ann = await hub.EnterAsync(host.RoomId);
        await host.DoAsync("ChangeRoom", new { allowListenerQueue = false });

        await ann.RefusedAsync("room.forbidden", "Enqueue", hub.First.Id, "c");
    }

    [Fact]
    public async Task Half_of_the_present_skip_a_track()
    {
        await using var host = await hub.HostAsync();
        await using var ann = await hub.EnterAsync(host.RoomId);
        await using var ben = await hub.EnterAsync(host.RoomId, name: "Ben");
        await host.QueueAsync(hub.First, hub.Second);
        await host.DoAsync("Play");
        var item = (await host.LookAsync()).Timeline.ItemId;

        await ann.DoAsync("VoteSkip", item);
        var votes = await host.Client.NextSignalAsync("votes");
        Assert.Equal((1, 2), (votes.GetProperty("votes").GetInt32(), votes.GetProperty("needed").GetInt32()));
        await ben.DoAsync("VoteSkip", item);

        Assert.Equal(hub.Second.Id, (await host.LookAsync()).Timeline.TrackId);
        await ben.RefusedAsync("room.stale", "VoteSkip", item);
    }
}
