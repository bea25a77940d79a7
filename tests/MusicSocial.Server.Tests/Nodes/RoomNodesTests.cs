using System.Net.Http.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Server.Rooms;
using MusicSocial.Server.Tests.Rooms;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.Nodes;

/// <summary>A room whose people are connected to different nodes, which meet in memory.</summary>
public sealed class RoomNodesTests(TwoNodes nodes) : RoomNodesSpecification(nodes), IClassFixture<TwoNodes>;

/// <summary>The same with nodes that meet in Redis.</summary>
public sealed class RoomNodesOverRedisTests(TwoNodesOverRedis nodes) : RoomNodesSpecification(nodes), IClassFixture<TwoNodesOverRedis>
{
    private readonly TwoNodes _nodes = nodes;

    [Fact]
    public async Task The_members_of_a_node_that_is_gone_are_counted_out_and_a_room_they_abandoned_stands()
    {
        var third = await _nodes.AnotherAsync();
        await using var shared = await RoomsHub.HostAsync(_nodes.B);
        var ann = await RoomsHub.EnterAsync(await third.GuestAsync("Ann"), shared.RoomId, null);
        var abandoned = await RoomsHub.HostAsync(third);
        await abandoned.QueueAsync(_nodes.First);
        await abandoned.DoAsync("Play");
        var (_, spectator) = await TwoNodes.ConnectAsync(_nodes.B, "Reader");
        await spectator.CallAsync("Follow", "room:" + abandoned.RoomId, null);

        // Its clients cannot reach another node, and no member said goodbye.
        await third.DisposeAsync();

        while ((await shared.HearsAsync<MemberMovedView>("member.left")).User.Id != ann.Id)
        {
            // Of another member.
        }

        while ((await spectator.NextEventAsync("timeline")).Data.GetProperty("rate").GetDouble() != 0)
        {
            // The line it ran along.
        }

        await ann.DisposeAsync();
        await abandoned.DisposeAsync();
        await spectator.DisposeAsync();
    }
}

/// <summary>A room whose people are connected to different nodes.</summary>
public abstract class RoomNodesSpecification(TwoNodes nodes)
{
    [Fact]
    public async Task Whatever_happens_in_a_room_is_heard_on_the_other_node()
    {
        await using var host = await RoomsHub.HostAsync(nodes.A);
        await using var ann = await EnterAsync(nodes.B, host);

        Assert.Equal(ann.Id, (await OfAsync(host, "member.joined", ann)).User.Id);
        await host.QueueAsync(nodes.First, nodes.Second);
        Assert.Equal(nodes.First.Id, (await ann.HearsAsync<QueueView>("queue")).Queue[0].Track.Id);
        await host.DoAsync("Play");
        Assert.Equal(nodes.First.Id, (await ann.HearsAsync<TimelineView>("timeline")).TrackId);
        await host.DoAsync("SetRole", ann.Id, "dj");
        Assert.Equal(new RoleView(ann.Id, RoomRole.Dj), await ann.HearsAsync<RoleView>("member.role"));
        await ann.DoAsync("Pause");
        Assert.Equal(0, (await NextAsync(host, line => line.Rate == 0)).Rate);
        await ann.DoAsync("Say", "from over there", "k");
        Assert.Equal("from over there", (await host.HearsAsync<ChatMessage>("chat")).Text);
        await host.DoAsync("ChangeRoom", new { name = "Cellar" });
        Assert.Equal("Cellar", (await ann.HearsAsync<SettingsView>("settings")).Name);
        await ann.DoAsync("LeaveRoom");
        await OfAsync(host, "member.left", ann);
        Assert.Equal((await host.LookAsync()).Revision, (await LookAsync(nodes.B, host)).Revision);
    }

    [Fact]
    public async Task A_room_that_is_closed_on_one_node_is_closed_on_the_other()
    {
        await using var host = await RoomsHub.HostAsync(nodes.A);
        await using var ann = await EnterAsync(nodes.B, host);

        await host.Person.Http.DeleteAsync($"/api/rooms/{host.RoomId}");

        await ann.Client.NextEventAsync("room.closed");
        await ann.RefusedAsync("room.not_found", "Say", "hello?", "k");
    }

    [Fact]
    public async Task Listeners_and_votes_are_counted_over_both_nodes()
    {
        await using var host = await RoomsHub.HostAsync(nodes.A);
        await using var ann = await EnterAsync(nodes.B, host);
        await using var ben = await EnterAsync(nodes.B, host);
        await CountAsync(host, 3);
        await CountAsync(ann, 3);
        await host.DoAsync("ChangeRoom", new { voteSkip = true, voteSkipShare = 0.9 });
        await host.QueueAsync(nodes.First, nodes.Second);
        await host.DoAsync("Play");
        var item = (await host.LookAsync()).Timeline.ItemId;

        await ann.DoAsync("VoteSkip", item);
        await CountAsync(host, 1, "votes");
        await host.DoAsync("VoteSkip", item);
        await CountAsync(ben, 2, "votes");

        await ben.DoAsync("LeaveRoom");
        await CountAsync(host, 2);
    }

    [Fact]
    public async Task A_member_kicked_on_one_node_is_removed_on_the_other()
    {
        await using var host = await RoomsHub.HostAsync(nodes.A);
        await using var ann = await EnterAsync(nodes.B, host);

        await host.DoAsync("KickMember", ann.Id);

        await ann.RefusedAsync("room.not_member", "Say", "hello", "k");
        Assert.True((await ann.Client.NextSignalAsync("kicked")).GetProperty("retryAfterMs").GetDouble() > 0);
        await OfAsync(host, "member.left", ann);
        await CountAsync(host, 1);
        await ann.Client.RefusedAsync("room.kicked", "Follow", "room:" + host.RoomId, null);
    }

    [Fact]
    public async Task Those_who_read_along_on_one_node_lose_sight_of_a_room_made_private_on_the_other()
    {
        await using var host = await RoomsHub.HostAsync(nodes.A);
        var (_, reader) = await TwoNodes.ConnectAsync(nodes.B, "Reader");
        await reader.CallAsync("Follow", "room:" + host.RoomId, null);

        await host.DoAsync("ChangeRoom", new { visibility = "private" });
        await reader.NextGapAsync("room:" + host.RoomId);
        await reader.RefusedAsync("room.not_member", "Follow", "room:" + host.RoomId, null);
        await Patiently.UntilAsync(
            () => reader.RefusedAsync("reaction.not_followed", "React", "room:" + host.RoomId, "🎉"), "the reader is shown out");
        await reader.DisposeAsync();
    }

    [Fact]
    public async Task A_member_who_comes_back_by_another_node_was_never_seen_to_leave()
    {
        await using var host = await RoomsHub.HostAsync(nodes.A, password: "sesame", visibility: "private");
        var ann = await RoomsHub.EnterAsync(await nodes.B.GuestAsync("Ann"), host.RoomId, "sesame");
        await OfAsync(host, "member.joined", ann);
        var gone = await RoomsHub.EnterAsync(await nodes.B.GuestAsync("Ben"), host.RoomId, "sesame");
        await OfAsync(host, "member.joined", gone);
        await host.DoAsync("SetRole", ann.Id, "dj");
        await ann.HearsAsync<RoleView>("member.role");
        var position = ann.Answer.GetProperty("position");
        await ann.DisposeAsync();
        await Patiently.UntilAsync(
            () => !nodes.B.Services.GetRequiredService<RoomConnections>().Connected(host.RoomId, 9).Contains(ann.Id), "the connection is lost");
        await gone.DisposeAsync();

        await using var back = await HubClient.ConnectAsync(TwoNodes.At(nodes.A, ann.Person));
        var answer = await back.CallAsync("Follow", "room:" + host.RoomId, position);

        Assert.True(answer.GetProperty("recovered").GetBoolean());
        await back.CallAsync("Enqueue", host.RoomId, nodes.First.Id, "still-dj");
        // Lost after the other and not back: when the grace of this one is over, the other's was before.
        var told = new List<TopicEvent>();
        while (told.LastOrDefault()?.Type != "member.left")
            told.Add(await host.Client.NextAsync());
        Assert.Equal(gone.Id, told[^1].Data.GetProperty("user").GetProperty("id").GetString());
        Assert.DoesNotContain(told, happened => happened.Type == "member.joined");
        await back.CallAsync("Say", host.RoomId, "still here", "k");
    }

    [Fact]
    public async Task A_guest_who_slept_long_is_let_in_again_by_a_node_that_never_saw_them()
    {
        await using var host = await RoomsHub.HostAsync(nodes.A, password: "sesame");
        var ann = await RoomsHub.EnterAsync(await nodes.A.GuestAsync("Ann"), host.RoomId, "sesame");
        await ann.DisposeAsync();
        await OfAsync(host, "member.left", ann);

        await using var back = await HubClient.ConnectAsync(TwoNodes.At(nodes.B, ann.Person));
        await back.CallAsync("Follow", "room:" + host.RoomId, ann.Answer.GetProperty("position"));

        await back.CallAsync("Say", host.RoomId, "good morning", "k");
        await back.CallAsync("LeaveRoom", host.RoomId);
        await using var again = await HubClient.ConnectAsync(ann.Person);
        await again.RefusedAsync("room.not_member", "Follow", "room:" + host.RoomId, null);
    }

    [Fact]
    public async Task A_room_goes_on_when_the_node_that_set_it_going_is_gone()
    {
        var third = await nodes.AnotherAsync();
        var host = await RoomsHub.HostAsync(third);
        await using var ann = await EnterAsync(nodes.B, host);
        await host.QueueAsync(nodes.Second, nodes.First);
        await host.DoAsync("Play");
        await host.DoAsync("Seek", nodes.Second.DurationMs - 1500);
        await host.DisposeAsync();
        await third.DisposeAsync();

        var line = await NextAsync(ann, line => line.TrackId == nodes.First.Id);

        Assert.Equal((1d, 0d), (line.Rate, line.AnchorMs));
    }

    [Fact]
    public async Task The_same_words_sent_to_both_nodes_are_said_once()
    {
        await using var host = await RoomsHub.HostAsync(nodes.A);
        await using var other = await HubClient.ConnectAsync(TwoNodes.At(nodes.B, host.Person));

        var said = await Task.WhenAll(
            host.Client.CallAsync("Say", host.RoomId, "once", "k"), other.CallAsync("Say", host.RoomId, "once", "k"));

        Assert.Equal(said[0].GetProperty("id").GetString(), said[1].GetProperty("id").GetString());
        await host.DoAsync("Say", "twice", "k2");
        Assert.Equal("once", (await host.HearsAsync<ChatMessage>("chat")).Text);
        Assert.Equal("twice", (await host.HearsAsync<ChatMessage>("chat")).Text);
    }

    [Fact]
    public async Task Of_messages_sent_at_once_in_slow_mode_one_passes()
    {
        await using var host = await RoomsHub.HostAsync(nodes.A);
        await host.DoAsync("ChangeRoom", new { slowModeMs = 600_000 });
        for (var round = 0; round < 5; round++)
        {
            await using var ann = await EnterAsync(nodes.A, host);
            await using var other = await HubClient.ConnectAsync(TwoNodes.At(nodes.B, ann.Person));

            var refused = await Task.WhenAll(Enumerable.Range(0, 8).Select(
                number => RefusalOfAsync(() => (number % 2 == 0 ? ann.Client : other).CallAsync("Say", host.RoomId, "me!", $"k{number}"))));

            Assert.Single(refused, message => message is null);
            Assert.All(refused.OfType<string>(), message => Assert.Contains("room.slow_mode", message, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_member_connected_to_one_node_acts_and_comments_in_the_room_through_the_other()
    {
        await using var host = await RoomsHub.HostAsync(nodes.A, visibility: "private");
        var elsewhere = TwoNodes.At(nodes.B, host.Person);
        await using var client = await HubClient.ConnectAsync(elsewhere);

        await client.CallAsync("Enqueue", host.RoomId, nodes.First.Id, "elsewhere");
        var comment = await elsewhere.Http.PostAsJsonAsync(
            $"/api/tracks/{nodes.First.Id}/comments", new { text = "here", clientKey = "k", roomId = host.RoomId }).ReadAsync<Comment>();

        Assert.Equal("here", comment.Text);
        Assert.Single((await host.LookAsync()).Queue);
    }

    private static async Task<Guest> EnterAsync(HubApp node, Guest host, string name = "Ann") =>
        await RoomsHub.EnterAsync(await node.GuestAsync(name), host.RoomId, null);

    private static async Task<MemberMovedView> OfAsync(Guest witness, string type, Guest whose)
    {
        while (true)
        {
            var moved = await witness.HearsAsync<MemberMovedView>(type);
            if (moved.User.Id == whose.Id)
                return moved;
        }
    }

    private static async Task<TimelineView> NextAsync(Guest witness, Predicate<TimelineView> wanted)
    {
        while (true)
        {
            var line = await witness.HearsAsync<TimelineView>("timeline");
            if (wanted(line))
                return line;
        }
    }

    private static async Task CountAsync(Guest witness, int count, string signal = "listeners")
    {
        while ((await witness.Client.NextSignalAsync(signal)).GetProperty(signal).GetInt32() != count)
        {
            // Counts on the way there.
        }
    }

    private static async Task<string?> RefusalOfAsync(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (HubException refused)
        {
            return refused.Message;
        }
    }

    private static Task<RoomView> LookAsync(HubApp node, Guest guest) =>
        TwoNodes.At(node, guest.Person).Http.GetAsync($"/api/rooms/{guest.RoomId}").ReadAsync<RoomView>();
}
