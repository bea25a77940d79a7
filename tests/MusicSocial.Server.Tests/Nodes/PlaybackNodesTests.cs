using System.Net.Http.Json;
using System.Text.Json;
using MusicSocial.Server.Playback;
using MusicSocial.Server.Tests.Playback;

namespace MusicSocial.Server.Tests.Nodes;

/// <summary>People whose devices and friends are connected to different nodes.</summary>
public sealed class PlaybackNodesTests(TwoNodesInTime nodes) : IClassFixture<TwoNodesInTime>
{
    [Fact]
    public async Task What_one_plays_on_one_node_is_announced_and_seen_on_the_other()
    {
        await using var ann = await nodes.ListenerAsync(nodes.A);
        await using var bob = await nodes.ListenerAsync(nodes.B, "Bob");
        await bob.FollowAsync(ann);
        await bob.FollowTopicAsync(ann);

        await ann.ReportAsync("playing", 10, "Over there");

        var heard = await bob.HearAsync();
        Assert.Equal(("Over there", PlaybackState.Playing), (heard.Track!.Title, heard.State));
        Assert.Equal("Over there", (await bob.SeeAsync(ann)).Track!.Title);
        var friends = await bob.Person.Http.GetAsync("/api/me/friends").ReadAsync<Page<Friend>>();
        Assert.Equal("Over there", Assert.Single(friends.Items).NowPlaying!.Track!.Title);
    }

    [Fact]
    public async Task Two_devices_on_two_nodes_make_one_now_playing()
    {
        await using var desk = await nodes.ListenerAsync(nodes.A);
        await using var phone = await nodes.AlsoAsync(nodes.B, desk);
        await using var bob = await nodes.ListenerAsync(nodes.B, "Bob");

        await desk.ReportAsync("playing", title: "At home", device: "desk");
        nodes.Time.Advance(TimeSpan.FromSeconds(1));
        await phone.ReportAsync("playing", title: "On the way", device: "phone");
        nodes.Time.Advance(TimeSpan.FromSeconds(1));
        await desk.ReportAsync("playing", 1, title: "At home", device: "desk");
        Assert.Equal("On the way", (await bob.SeeAsync(desk)).Track!.Title);

        await phone.ReportAsync("stopped", device: "phone");
        Assert.Equal("At home", (await bob.SeeAsync(desk)).Track!.Title);
    }

    [Fact]
    public async Task A_device_that_moves_to_another_node_is_the_same_device()
    {
        await using var ann = await nodes.ListenerAsync(nodes.A);
        await using var bob = await nodes.ListenerAsync(nodes.B, "Bob");
        await bob.FollowTopicAsync(ann);
        await ann.ReportAsync("playing", title: "One");
        Assert.Equal("One", (await bob.HearAsync()).Track!.Title);
        await ann.DisposeAsync();

        await using var moved = await nodes.AlsoAsync(nodes.B, ann);
        nodes.Time.Advance(TimeSpan.FromSeconds(5));
        await moved.ReportAsync("playing", 5, "One");
        await moved.ReportAsync("playing", 0, "Two");

        // Nothing was announced about the first song again.
        Assert.Equal("Two", (await bob.HearAsync()).Track!.Title);
    }

    [Fact]
    public async Task A_player_whose_node_is_gone_becomes_stale_for_those_who_follow_elsewhere()
    {
        var third = nodes.Another();
        var ann = await nodes.ListenerAsync(third);
        await using var bob = await nodes.ListenerAsync(nodes.B, "Bob");
        await bob.FollowTopicAsync(ann);
        await ann.ReportAsync("playing", minutes: 60);
        Assert.False((await bob.HearAsync()).Stale);
        await ann.DisposeAsync();
        await third.DisposeAsync();

        nodes.Time.Advance(TimeSpan.FromSeconds(51));

        Assert.True((await bob.HearAsync()).Stale);
    }

    [Fact]
    public async Task A_private_session_begun_on_one_node_hides_what_is_reported_to_the_other()
    {
        await using var ann = await nodes.ListenerAsync(nodes.A);
        await using var phone = await nodes.AlsoAsync(nodes.B, ann);
        await using var bob = await nodes.ListenerAsync(nodes.B, "Bob");
        await bob.FollowTopicAsync(ann);
        await phone.ReportAsync("playing", title: "Before");
        Assert.Equal("Before", (await bob.HearAsync()).Track!.Title);

        await ann.Client.CallAsync("SetPrivateSession", true);
        Assert.Equal(NowPlaying.Nothing(ann.Person.User), await bob.SeeAsync(ann));
        Assert.Equal(NowPlaying.Nothing(ann.Person.User), await bob.HearAsync());
        await phone.ReportAsync("playing", title: "Guilty pleasure");
        await phone.ReportAsync("playing", title: "Harmless");
        Assert.Equal(NowPlaying.Nothing(ann.Person.User), await bob.SeeAsync(ann));
        await ann.Client.CallAsync("SetPrivateSession", false);

        Assert.Equal("Harmless", (await bob.HearAsync()).Track!.Title);
    }

    [Fact]
    public async Task A_follower_who_loses_access_is_removed_on_the_node_they_are_connected_to()
    {
        await using var ann = await nodes.ListenerAsync(nodes.A);
        await using var friend = await nodes.ListenerAsync(nodes.B, "Friend");
        await using var former = await nodes.ListenerAsync(nodes.B, "Former friend");
        await LostAccess.AssertAsync(ann, friend, former);
    }

    [Fact]
    public async Task What_a_room_plays_is_announced_for_its_people_on_every_node()
    {
        await using var host = await nodes.ListenerAsync(nodes.A, "Host");
        await using var ann = await nodes.ListenerAsync(nodes.B);
        await using var bob = await nodes.ListenerAsync(nodes.A, "Bob");
        var room = await host.Person.Http.PostAsJsonAsync("/api/rooms", new { name = "Kitchen", visibility = "public" }).ReadAsync<RoomView>();
        await host.Client.CallAsync("JoinRoom", room.Id, null);
        await ann.Client.CallAsync("JoinRoom", room.Id, null);
        await bob.FollowTopicAsync(ann);
        await host.Client.CallAsync("Enqueue", room.Id, nodes.First.Id, "c1");
        await host.Client.CallAsync("Enqueue", room.Id, nodes.Second.Id, "c2");

        await host.Client.CallAsync("Play", room.Id);
        Assert.Equal((nodes.First.Id, room.Id), await NextTrackAsync(bob, nodes.First.Id));
        var item = (await host.Person.Http.GetAsync($"/api/rooms/{room.Id}").ReadAsync<RoomView>()).Timeline.ItemId;
        await host.Client.CallAsync("Skip", room.Id, item);
        Assert.Equal((nodes.Second.Id, room.Id), await NextTrackAsync(bob, nodes.Second.Id));
        Assert.Equal(nodes.Second.Id, (await bob.SeeAsync(ann)).Track!.Id);

        await ann.Client.CallAsync("LeaveRoom", room.Id);
        while ((await bob.HearAsync()).State != PlaybackState.Stopped)
        {
            // Says so when she has left.
        }
    }

    [Fact]
    public async Task A_play_heard_on_two_nodes_is_one_listen()
    {
        await using var ann = await nodes.ListenerAsync(nodes.A);
        await using var other = await nodes.AlsoAsync(nodes.B, ann);
        await using var bob = await nodes.ListenerAsync(nodes.B, "Bob");
        await bob.FollowTopicAsync(ann);

        for (var second = 0; second <= 120; second += 10)
        {
            await (second % 20 == 0 ? ann : other).ReportAsync("playing", second, "Everywhere");
            nodes.Time.Advance(TimeSpan.FromSeconds(10));
        }

        await ann.PlayOnAsync(0, 100, "Next");
        Page<Listen> listens;
        do
            listens = await bob.Person.Http.GetAsync($"/api/users/{ann.Handle}/listens").ReadAsync<Page<Listen>>();
        while (listens.Items.Count < 2);

        Assert.Equal(["Next", "Everywhere"], listens.Items.Select(listen => listen.Track.Title));
    }

    [Fact]
    public async Task Cues_on_one_node_follow_what_plays_on_the_other()
    {
        await using var ann = await nodes.ListenerAsync(nodes.A);
        await using var host = await nodes.ListenerAsync(nodes.A, "Host");
        await using var display = await nodes.ListenerAsync(nodes.B, "Display");
        await ann.Person.Http.PutAsync(
            $"/api/tracks/{nodes.First.Id}/lyrics", new StringContent("[00:10.00]First\n[00:20.00]Second\n")).ReadAsync<JsonElement>();
        var room = await host.Person.Http.PostAsJsonAsync("/api/rooms", new { name = "Kitchen", visibility = "public" }).ReadAsync<RoomView>();
        await host.Client.CallAsync("JoinRoom", room.Id, null);
        await host.Client.CallAsync("Enqueue", room.Id, nodes.First.Id, "c1");

        await display.Client.CallAsync("FollowCues", $"user:{ann.Id}", true);
        await ann.ReportAsync(new { trackId = nodes.First.Id, positionMs = 12_000, state = "playing", deviceId = "tab" });
        Assert.Equal("First", await NextCueAsync(display));
        await display.Client.CallAsync("FollowCues", $"user:{ann.Id}", false);

        await display.Client.CallAsync("FollowCues", $"room:{room.Id}", true);
        await host.Client.CallAsync("Play", room.Id);
        Assert.Equal("First", await NextCueAsync(display));
        await host.Client.CallAsync("Seek", room.Id, 21_000);
        Assert.Equal("Second", await NextCueAsync(display));
    }

    [Fact]
    public async Task A_sheet_given_on_one_node_is_sung_on_by_displays_of_the_other()
    {
        await using var ann = await nodes.ListenerAsync(nodes.A);
        await using var display = await nodes.ListenerAsync(nodes.B, "Display");
        await GiveLyricsAsync(ann, "[00:10.00]Wrong\n[00:40.00]And again\n");
        await display.Client.CallAsync("FollowCues", $"user:{ann.Id}", true);
        await ann.ReportAsync(new { trackId = nodes.Second.Id, positionMs = 12_000, state = "playing", deviceId = "tab" });
        Assert.Equal("Wrong", await NextCueAsync(display));

        await GiveLyricsAsync(ann, "[00:10.00]Right\n[00:40.00]And on\n");

        Assert.Equal("Right", await NextCueAsync(display));
        Assert.Equal("And on", await NextCueAsync(display));
    }

    private Task<JsonElement> GiveLyricsAsync(Listener giver, string source) =>
        giver.Person.Http.PutAsync($"/api/tracks/{nodes.Second.Id}/lyrics", new StringContent(source)).ReadAsync<JsonElement>();

    private async Task<string> NextCueAsync(Listener display)
    {
        var next = display.Client.NextSignalAsync("cue");
        while (await Task.WhenAny(next, Task.Delay(20)) != next)
            nodes.Time.Advance(TimeSpan.FromMilliseconds(50));
        return (await next).GetProperty("text").GetString()!;
    }

    private static async Task<(string?, string?)> NextTrackAsync(Listener listener, string trackId)
    {
        while (true)
        {
            var heard = await listener.HearAsync();
            if (heard.Track?.Id == trackId && heard.State == PlaybackState.Playing)
                return (heard.Track.Id, heard.RoomId);
        }
    }
}
