using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Server.Rooms;
using MusicSocial.Sync.Commands;

namespace MusicSocial.Server.Tests.Rooms;

/// <summary>Several nodes over one live state and one database, each with memory and turns of its own.</summary>
[Trait("Stores", "both")]
public sealed class CompetingNodesTests(RoomsHub hub) : IClassFixture<RoomsHub>
{
    private readonly RoomRepository[] _nodes =
        [.. Enumerable.Range(0, 4).Select(_ => ActivatorUtilities.CreateInstance<RoomRepository>(hub.App.Services))];

    [Fact]
    public async Task Nodes_that_compete_for_a_room_lose_no_command_and_apply_none_twice()
    {
        await using var host = await hub.HostAsync();
        var before = await _nodes[0].GetAsync(host.RoomId, CancellationToken.None);

        await Task.WhenAll(Enumerable.Range(0, 80).Select(number => Task.Run(
            () => Enqueue(_nodes[number % _nodes.Length], host, $"c{number / 2}"))));

        var room = await host.LookAsync();
        Assert.Equal(40, room.Queue.Count);
        Assert.Equal(before.Revision + 40, room.Revision);
        Assert.Equal(room.Revision, (await hub.App.Services.GetRequiredService<RoomStore>().FindAsync(host.RoomId, CancellationToken.None))!.Revision);
    }

    [Fact]
    public async Task Of_nodes_that_notice_the_end_of_a_track_one_commits_it()
    {
        await using var host = await hub.HostAsync();
        await host.QueueAsync(hub.First, hub.Second);
        await host.DoAsync("Play");
        await host.DoAsync("Seek", hub.First.DurationMs - 1);
        var playing = (await host.LookAsync()).Timeline.ItemId;
        await Task.Delay(250);

        await Task.WhenAll(_nodes.Select(node => node.ApplyAsync(host.RoomId, new AdvanceTime(), CancellationToken.None)));

        var rooms = await Task.WhenAll(_nodes.Select(node => node.GetAsync(host.RoomId, CancellationToken.None)));
        Assert.All(rooms, room => Assert.Equal((hub.Second.Id, rooms[0].Revision), (room.Room.Timeline.TrackId, room.Revision)));
        Assert.NotEqual(playing, rooms[0].Room.Timeline.ItemId);
    }

    [Fact]
    public async Task An_older_revision_never_overwrites_a_newer_one_at_rest()
    {
        await using var host = await hub.HostAsync();
        var store = hub.App.Services.GetRequiredService<RoomStore>();
        var old = (await store.FindAsync(host.RoomId, CancellationToken.None))!;
        await host.QueueAsync(hub.First);
        var newer = (await store.FindAsync(host.RoomId, CancellationToken.None))!;

        await store.SaveAsync(old, CancellationToken.None);

        Assert.Equal(newer.Revision, (await store.FindAsync(host.RoomId, CancellationToken.None))!.Revision);
        Assert.True(newer.Revision > old.Revision);
    }

    private Task<LiveRoom> Enqueue(RoomRepository node, Guest by, string commandId) =>
        node.ApplyAsync(by.RoomId, new Enqueue(by.Id, hub.First.Id, TimeSpan.FromMinutes(3), commandId), CancellationToken.None);
}
