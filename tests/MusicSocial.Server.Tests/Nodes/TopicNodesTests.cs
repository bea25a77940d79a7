using System.Net.Http.Json;
using System.Text.Json;
using MusicSocial.Server.Tests.Rooms;

namespace MusicSocial.Server.Tests.Nodes;

/// <summary>Everything else that is broadcast, between nodes that meet in memory.</summary>
public sealed class TopicNodesTests(TwoNodes nodes) : TopicNodesSpecification(nodes), IClassFixture<TwoNodes>;

/// <summary>The same with nodes that meet in Redis.</summary>
public sealed class TopicNodesOverRedisTests(TwoNodesOverRedis nodes) : TopicNodesSpecification(nodes), IClassFixture<TwoNodesOverRedis>;

/// <summary>Everything else that is broadcast, from one node to the other.</summary>
public abstract class TopicNodesSpecification(TwoNodes nodes)
{
    [Fact]
    public async Task Comments_their_changes_and_their_likes_are_live_on_the_other_node()
    {
        var (ann, _) = await TwoNodes.ConnectAsync(nodes.A);
        var (bob, reader) = await TwoNodes.ConnectAsync(nodes.B, "Bob");
        await reader.CallAsync("Follow", $"track:{nodes.First.Id}", null);

        var posted = await ann.Http.PostAsJsonAsync($"/api/tracks/{nodes.First.Id}/comments", new { text = "first", clientKey = "k" }).ReadAsync<Comment>();
        Assert.Equal("first", Data<Comment>(await reader.NextEventAsync("comment.posted")).Text);
        await ann.Http.PatchAsJsonAsync($"/api/comments/{posted.Id}", new { text = "second" });
        Assert.Equal("second", Data<Comment>(await reader.NextEventAsync("comment.edited")).Text);
        await bob.Http.PutAsync($"/api/comments/{posted.Id}/like", null);
        Assert.Equal(new CommentLikes(posted.Id, 1), Data<CommentLikes>(await reader.NextEventAsync("comment.likes")));
        await ann.Http.DeleteAsync($"/api/comments/{posted.Id}");
        Assert.Equal(new CommentDeleted(posted.Id), Data<CommentDeleted>(await reader.NextEventAsync("comment.deleted")));
        await reader.DisposeAsync();
    }

    [Fact]
    public async Task The_last_total_of_likes_told_is_the_total_however_many_like_on_both_nodes_at_once()
    {
        var (ann, reader) = await TwoNodes.ConnectAsync(nodes.A);
        await reader.CallAsync("Follow", $"track:{nodes.Second.Id}", null);
        var posted = await ann.Http.PostAsJsonAsync($"/api/tracks/{nodes.Second.Id}/comments", new { text = "like me", clientKey = "k" }).ReadAsync<Comment>();
        var fans = new List<Person>();
        for (var i = 0; i < 12; i++)
            fans.Add(await (i % 2 == 0 ? nodes.A : nodes.B).GuestAsync("Fan"));

        await Task.WhenAll(fans.Select(fan => fan.Http.PutAsync($"/api/comments/{posted.Id}/like", null)));
        await ann.Http.PostAsJsonAsync($"/api/tracks/{nodes.Second.Id}/comments", new { text = "enough", clientKey = "k2" }).ReadAsync<Comment>();

        var last = 0L;
        for (var heard = await reader.NextAsync(); heard.Type != "comment.posted" || Data<Comment>(heard).Text != "enough"; heard = await reader.NextAsync())
            last = heard.Type == "comment.likes" ? Data<CommentLikes>(heard).Likes : last;
        Assert.Equal(12, last);
        await reader.DisposeAsync();
    }

    [Fact]
    public async Task Reactions_from_both_nodes_are_summed_for_everybody()
    {
        await using var host = await RoomsHub.HostAsync(nodes.A);
        await using var ann = await RoomsHub.EnterAsync(await nodes.B.GuestAsync("Ann"), host.RoomId, null);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? host : ann).Client.CallAsync("React", "room:" + host.RoomId, "🎉")));

        foreach (var guest in new[] { host, ann })
        {
            for (var sum = 0; sum < 6;)
                sum += (await guest.Client.NextSignalAsync("reactions")).GetProperty("🎉").GetInt32();
        }
    }

    [Fact]
    public async Task Notices_reach_their_owner_on_the_other_node()
    {
        var (ann, inbox) = await TwoNodes.ConnectAsync(nodes.A);
        var (bob, _) = await TwoNodes.ConnectAsync(nodes.B, "Bob");
        await inbox.CallAsync("Follow", $"me:{ann.User.Id}", null);
        var mine = await ann.Http.PostAsJsonAsync($"/api/tracks/{nodes.First.Id}/comments", new { text = "mine", clientKey = "k" }).ReadAsync<Comment>();
        await using var host = await RoomsHub.HostAsync(nodes.B);

        await bob.Http.PutAsync($"/api/users/{ann.User.Handle}/follow", null).ReadAsync<Profile>();
        await inbox.NextEventAsync("follower");
        await bob.Http.PostAsJsonAsync($"/api/tracks/{nodes.First.Id}/comments", new { text = "reply", clientKey = "k", parentId = mine.Id }).ReadAsync<Comment>();
        await inbox.NextEventAsync("reply");
        await bob.Http.PostAsJsonAsync(
            $"/api/tracks/{nodes.First.Id}/comments", new { text = $"hello @{ann.User.Handle}", clientKey = "k2" }).ReadAsync<Comment>();
        await inbox.NextEventAsync("mention");
        await host.DoAsync("InviteToRoom", ann.User.Id);
        await inbox.NextEventAsync("invitation");
        await TwoNodes.At(nodes.B, ann).Http.PutAsync("/api/me/inbox/read", null);
        Assert.Equal(0, (await inbox.NextEventAsync("inbox.read")).Data.GetProperty("unread").GetInt32());
        await inbox.DisposeAsync();
    }

    [Fact]
    public async Task Lyrics_given_on_one_node_show_on_the_other_at_once()
    {
        var (ann, reader) = await TwoNodes.ConnectAsync(nodes.A);
        await reader.CallAsync("Follow", $"track:{nodes.Second.Id}", null);
        Assert.False((await TrackAsync(nodes.A)).HasLyrics);

        await TwoNodes.At(nodes.B, ann).Http.PutAsync(
            $"/api/tracks/{nodes.Second.Id}/lyrics", new StringContent("[00:10.00]Sung over there\n")).ReadAsync<JsonElement>();

        await reader.NextEventAsync("lyrics.changed");
        Assert.True((await TrackAsync(nodes.A)).HasLyrics);
        var sheet = await nodes.A.Http.GetAsync($"/api/tracks/{nodes.Second.Id}/lyrics").ReadAsync<JsonElement>();
        Assert.Contains("Sung over there", sheet.GetRawText(), StringComparison.Ordinal);
        await reader.DisposeAsync();
    }

    [Fact]
    public async Task A_client_goes_on_at_the_other_node_where_it_stood()
    {
        var (ann, first) = await TwoNodes.ConnectAsync(nodes.A);
        var answer = await first.CallAsync("Follow", $"track:{nodes.First.Id}", null);
        await first.DisposeAsync();
        await ann.Http.PostAsJsonAsync($"/api/tracks/{nodes.First.Id}/comments", new { text = "missed", clientKey = "missed" }).ReadAsync<Comment>();

        await using var second = await HubClient.ConnectAsync(TwoNodes.At(nodes.B, ann));
        var resumed = await second.CallAsync("Follow", $"track:{nodes.First.Id}", answer.GetProperty("position"));

        Assert.True(resumed.GetProperty("recovered").GetBoolean());
        Assert.Contains("missed", resumed.GetProperty("events").GetRawText(), StringComparison.Ordinal);
    }

    private Task<Track> TrackAsync(HubApp node) => node.Http.GetAsync($"/api/tracks/{nodes.Second.Id}").ReadAsync<Track>();

    private static T Data<T>(TopicEvent topicEvent) => topicEvent.Data.Deserialize<T>(WireJson.Options)!;
}
