using MusicSocial.Sync.Commands;
using static MusicSocial.Sync.Tests.RoomScenes;

namespace MusicSocial.Sync.Tests.Commands;

public sealed class QueueTests
{
    private static string[] Tracks(Room room) => [.. room.Queue.Upcoming.Select(item => item.TrackId)];

    private static string Item(Room room, string track) => room.Queue.Upcoming.First(item => item.TrackId == track).ItemId;

    [Fact]
    public void A_queued_track_waits_until_a_dj_plays()
    {
        var room = WithHost().Queued("t1");
        Assert.Equal(["t1"], Tracks(room));
        Assert.Equal(Timeline.Empty, room.Timeline);
    }

    [Fact]
    public void A_repeated_command_changes_nothing()
    {
        var room = WithHost().Queued("t1");
        Assert.Same(room, room.Do(new Enqueue(Host, "t1", Song, "c-t1"), 1));
    }

    [Fact]
    public void The_same_command_id_of_two_members_is_two_commands()
    {
        var room = With("ann").Queued("t1").Do(new Enqueue("ann", "t1", Song, "c-t1"), 1);
        Assert.Equal(["t1", "t1"], Tracks(room));
    }

    [Fact]
    public void A_listener_fills_only_their_share_of_the_queue()
    {
        var room = With("ann");
        for (var number = 0; number < RoomLimits.QueuedByListener; number++)
            room = room.Do(new Enqueue("ann", "t", Song, $"c{number}"), 1);

        Assert.Equal("room.queue_share", room.RefusalOf(new Enqueue("ann", "t", Song, "one more"), 1));
        Assert.Equal(RoomLimits.QueuedByListener + 1, room.Do(new Enqueue(Host, "t", Song, "host"), 1).Queue.Upcoming.Length);
        Assert.Equal(RoomLimits.QueuedByListener, room.Do(new SetRole(Host, "ann", RoomRole.Dj), 1).Do(new Enqueue("ann", "t", Song, "c0"), 1).Queue.Upcoming.Length);
    }

    [Fact]
    public void The_memory_of_commands_is_bounded()
    {
        var room = WithHost();
        for (var number = 0; number < RoomLimits.RecentCommands + 10; number++)
        {
            room = room.Do(new Enqueue(Host, "t", Song, $"c{number}"), 1);
        }

        Assert.Equal(RoomLimits.RecentCommands, room.RecentCommands.Length);
        Assert.Same(room, room.Do(new Enqueue(Host, "t", Song, "c100"), 1));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void A_command_id_out_of_bounds_is_refused(string? commandId) =>
        Assert.Equal("room.invalid_command", WithHost().RefusalOf(new Enqueue(Host, "t", Song, commandId), 1));

    [Fact]
    public void A_track_without_length_is_refused() =>
        Assert.Equal("room.unplayable", WithHost().RefusalOf(new Enqueue(Host, "t", TimeSpan.Zero, "c"), 1));

    [Fact]
    public void A_full_queue_refuses_the_next_track()
    {
        var room = WithHost();
        for (var number = 0; number < RoomLimits.Queue; number++)
        {
            room = room.Do(new Enqueue(Host, "t", Song, $"c{number}"), 1);
        }

        Assert.Equal("room.queue_full", room.RefusalOf(new Enqueue(Host, "t", Song, "last"), 1));
    }

    [Fact]
    public void Listeners_queue_only_where_the_room_lets_them()
    {
        var room = With("ann");
        Assert.Equal(["t"], Tracks(room.Do(new Enqueue("ann", "t", Song, "c"), 1)));
        var closed = room.Do(new ChangeSettings(Host, settings => settings with { AllowListenerQueue = false }, null), 1);
        Assert.Equal("room.forbidden", closed.RefusalOf(new Enqueue("ann", "t", Song, "c"), 2));
        Assert.Equal(["t"], Tracks(closed.Do(new Enqueue(Host, "t", Song, "c"), 2)));
    }

    [Fact]
    public void The_member_who_added_an_item_may_remove_it_and_so_may_the_host()
    {
        var room = With("ann", "ben").Do(new Enqueue("ann", "t1", Song, "1"), 1).Do(new Enqueue("ann", "t2", Song, "2"), 1);
        Assert.Equal("room.forbidden", room.RefusalOf(new RemoveQueued("ben", Item(room, "t1")), 2));
        room = room.Do(new RemoveQueued("ann", Item(room, "t1")), 2).Do(new RemoveQueued(Host, Item(room, "t2")), 2);
        Assert.Empty(room.Queue.Upcoming);
    }

    [Fact]
    public void Removing_what_is_not_queued_is_refused()
    {
        var room = Playing();
        Assert.Equal("room.item_not_found", room.RefusalOf(new RemoveQueued(Host, room.Timeline.ItemId), 1));
        Assert.Equal("room.item_not_found", room.RefusalOf(new RemoveQueued(Host, null), 1));
    }

    [Theory]
    [InlineData("t1", 2, "t2 t3 t1")]
    [InlineData("t3", 0, "t3 t1 t2")]
    [InlineData("t2", 999, "t1 t3 t2")]
    [InlineData("t1", 1, "t2 t1 t3")]
    public void An_item_moves_to_its_new_place(string track, int to, string order)
    {
        var room = WithHost().Queued("t1", "t2", "t3");
        Assert.Equal(order, string.Join(' ', Tracks(room.Do(new MoveQueued(Host, Item(room, track), to), 1))));
    }

    [Fact]
    public void Moving_to_where_it_is_changes_nothing_and_below_zero_is_refused()
    {
        var room = With("ann").Queued("t1", "t2");
        Assert.Same(room, room.Do(new MoveQueued(Host, Item(room, "t2"), 1), 1));
        Assert.Equal("room.invalid_index", room.RefusalOf(new MoveQueued(Host, Item(room, "t1"), -1), 1));
        Assert.Equal("room.item_not_found", room.RefusalOf(new MoveQueued(Host, "q99", 0), 1));
        Assert.Equal("room.forbidden", room.RefusalOf(new MoveQueued("ann", Item(room, "t1"), 1), 1));
    }
}
