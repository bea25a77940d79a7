using System.Net;
using System.Net.Http.Json;
using MusicSocial.Server.Tests.Catalog;

namespace MusicSocial.Server.Tests.Relations;

/// <summary>A block holds at every door, in both directions, and is told to no one; a mute holds for its owner only.</summary>
[Trait("Stores", "both")]
public sealed class BlocksTests : IAsyncLifetime
{
    private readonly HubApp _app = new();
    private Person _ann = null!;
    private Person _mal = null!;
    private Track _track = null!;

    public async Task InitializeAsync() => (_ann, _mal, _track) = (await _app.MemberAsync("ann"), await _app.MemberAsync("mal"), await _app.AddTrackAsync());

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Comments_of_either_are_not_in_the_lists_of_the_other()
    {
        await CommentAsync(_ann, "by ann");
        await CommentAsync(_mal, "by mal");

        await BlockAsync(_ann, _mal);

        Assert.Equal(["by ann"], await TextsAsync(_ann));
        Assert.Equal(["by mal"], await TextsAsync(_mal));
        Assert.Equal(["by mal", "by ann"], (await _app.Http.GetAsync(Comments).ReadAsync<Page<Comment>>()).Items.Select(comment => comment.Text));
    }

    [Fact]
    public async Task Live_comments_of_either_come_withheld_to_the_other_from_the_answer_on()
    {
        await using var ann = await HubClient.ConnectAsync(_ann);
        await using var mal = await HubClient.ConnectAsync(_mal);
        await ann.CallAsync("Follow", $"track:{_track.Id}", null);
        await mal.CallAsync("Follow", $"track:{_track.Id}", null);

        await BlockAsync(_ann, _mal);
        await CommentAsync(_mal, "by mal");
        await CommentAsync(_ann, "by ann");

        Assert.Equal(TopicEvent.Withheld, (await ann.NextAsync()).Type);
        Assert.Equal("by ann", (await ann.NextAsync()).ReadData<Comment>().Text);
        Assert.Equal("by mal", (await mal.NextAsync()).ReadData<Comment>().Text);
        Assert.Equal(TopicEvent.Withheld, (await mal.NextAsync()).Type);
    }

    [Fact]
    public async Task The_blocked_person_finds_the_other_nowhere_and_as_one_who_does_not_exist()
    {
        await BlockAsync(_ann, _mal);

        foreach (var path in new[] { "", "/now-playing", "/listens", "/followers", "/following" })
            await _mal.Http.GetAsync($"/api/users/ann{path}").RefusedAsync(HttpStatusCode.NotFound, "user.not_found");
        await _mal.Http.PutAsync("/api/users/ann/follow", null).RefusedAsync(HttpStatusCode.NotFound, "user.not_found");
        await using var mal = await HubClient.ConnectAsync(_mal);
        await mal.RefusedAsync("user.not_found", "Follow", $"user:{_ann.User.Id}", null);
    }

    [Fact]
    public async Task The_one_who_blocks_sees_that_they_did_and_can_take_it_back()
    {
        var blocked = await BlockAsync(_ann, _mal);
        Assert.True(blocked is { Blocked: true, Muted: false, Close: false });
        Assert.Equal([_mal.User], (await _ann.Http.GetAsync("/api/me/blocks").ReadAsync<Page<User>>()).Items);
        await _ann.Http.PutAsync("/api/users/mal/follow", null).RefusedAsync(HttpStatusCode.Conflict, "friends.blocked");

        await _ann.Http.DeleteAsync("/api/users/mal/block").ReadAsync<Profile>();
        await _ann.Http.DeleteAsync("/api/users/mal/block").ReadAsync<Profile>();

        Assert.Empty((await _ann.Http.GetAsync("/api/me/blocks").ReadAsync<Page<User>>()).Items);
        Assert.False((await _mal.Http.GetAsync("/api/users/ann").ReadAsync<Profile>()).Blocked);
    }

    [Fact]
    public async Task A_block_ends_the_follows_between_the_two_and_the_notices_of_each_other()
    {
        await _ann.Http.PutAsync("/api/users/mal/follow", null).ReadAsync<Profile>();
        await _mal.Http.PutAsync("/api/users/ann/follow", null).ReadAsync<Profile>();
        Assert.Single((await InboxAsync(_ann)).Items);

        await BlockAsync(_ann, _mal);
        await CommentAsync(_mal, "hello @ann");
        await CommentAsync(_mal, "hello @mal, myself");
        await _ann.Http.DeleteAsync("/api/users/mal/block").ReadAsync<Profile>();

        Assert.True(await _ann.Http.GetAsync("/api/users/mal").ReadAsync<Profile>() is { Followers: 0, Following: 0, FollowedByMe: false, FollowsMe: false });
        Assert.Empty((await InboxAsync(_ann)).Items);
        Assert.Empty((await InboxAsync(_mal)).Items);
    }

    [Fact]
    public async Task Between_the_two_there_are_no_replies_likes_or_invitations()
    {
        var comment = await CommentAsync(_ann, "by ann");
        var room = await _mal.Http.PostAsJsonAsync("/api/rooms", new { name = "Mal's", visibility = "private" }).ReadAsync<RoomView>();
        await using var mal = await HubClient.ConnectAsync(_mal);
        await mal.CallAsync("JoinRoom", room.Id, null);
        await BlockAsync(_ann, _mal);

        await _mal.Http.PostAsJsonAsync(Comments, new { text = "re", parentId = comment.Id }).RefusedAsync(HttpStatusCode.NotFound, "comment.not_found");
        await _mal.Http.PutAsync($"/api/comments/{comment.Id}/like", null).RefusedAsync(HttpStatusCode.NotFound, "comment.not_found");
        await mal.CallAsync("InviteToRoom", room.Id, _ann.User.Id);
        Assert.Empty((await InboxAsync(_ann)).Items);
        await using var ann = await HubClient.ConnectAsync(_ann);
        await ann.RefusedAsync("room.not_found", "JoinRoom", room.Code, null);
    }

    [Fact]
    public async Task In_an_open_room_the_two_do_not_see_each_others_words()
    {
        var host = await _app.MemberAsync("host");
        var room = await host.Http.PostAsJsonAsync("/api/rooms", new { name = "Open" }).ReadAsync<RoomView>();
        await BlockAsync(_ann, _mal);
        await using var ann = await HubClient.ConnectAsync(_ann);
        await using var mal = await HubClient.ConnectAsync(_mal);
        await ann.CallAsync("JoinRoom", room.Id, null);
        await mal.CallAsync("JoinRoom", room.Id, null);

        await mal.CallAsync("Say", room.Id, "rude", "1");
        await ann.CallAsync("Say", room.Id, "kind", "1");

        Assert.Equal("kind", (await ann.NextEventAsync("chat")).ReadData<ChatMessage>().Text);
        var seen = await _ann.Http.GetAsync($"/api/rooms/{room.Id}").ReadAsync<RoomView>();
        Assert.Equal(["kind"], seen.Chat!.Select(message => message.Text));
        Assert.DoesNotContain(seen.Members, member => member.User.Id == _mal.User.Id);
        Assert.Equal(["rude", "kind"], (await host.Http.GetAsync($"/api/rooms/{room.Id}").ReadAsync<RoomView>()).Chat!.Select(message => message.Text));
    }

    [Fact]
    public async Task A_mute_hides_the_muted_from_its_owner_and_nothing_else()
    {
        await _ann.Http.PutAsync("/api/users/mal/mute", null).ReadAsync<Profile>();
        await CommentAsync(_mal, "hello @ann");
        await CommentAsync(_ann, "by ann");

        Assert.Equal(["by ann"], await TextsAsync(_ann));
        Assert.Equal(["by ann", "hello @ann"], await TextsAsync(_mal));
        Assert.Equal([_mal.User], (await _ann.Http.GetAsync("/api/me/mutes").ReadAsync<Page<User>>()).Items);
        Assert.True((await _mal.Http.GetAsync("/api/users/ann").ReadAsync<Profile>()) is { Muted: false });
        Assert.Empty((await InboxAsync(_ann)).Items);
    }

    [Fact]
    public async Task A_comment_deleted_meanwhile_is_not_told_to_a_client_that_resumes()
    {
        await using var ann = await HubClient.ConnectAsync(_ann);
        var start = (await ann.CallAsync("Follow", $"track:{_track.Id}", null)).GetProperty("position");
        var comment = await CommentAsync(_mal, "regretted");
        await _mal.Http.DeleteAsync($"/api/comments/{comment.Id}");
        await ann.NextEventAsync("comment.deleted");

        await using var again = await HubClient.ConnectAsync(_ann);
        var answer = await again.CallAsync("Follow", $"track:{_track.Id}", start);

        Assert.True(answer.GetProperty("recovered").GetBoolean());
        Assert.Equal([TopicEvent.Withheld, "comment.deleted"], answer.GetProperty("events").EnumerateArray().Select(told => told.GetProperty("type").GetString()));
        Assert.DoesNotContain("regretted", answer.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Oneself_and_people_who_do_not_exist_are_refused()
    {
        foreach (var list in new[] { "block", "mute", "circle/close" })
        {
            await _ann.Http.PutAsync($"/api/users/ann/{list}", null).RefusedAsync(HttpStatusCode.BadRequest, "friends.self");
            await _ann.Http.PutAsync($"/api/users/no-such-person/{list}", null).RefusedAsync(HttpStatusCode.NotFound, "user.not_found");
        }
    }

    private string Comments => $"/api/tracks/{_track.Id}/comments";

    private static Task<Profile> BlockAsync(Person by, Person other) =>
        by.Http.PutAsync($"/api/users/{other.User.Handle}/block", null).ReadAsync<Profile>();

    private Task<Comment> CommentAsync(Person by, string text) => by.Http.PostAsJsonAsync(Comments, new { text }).ReadAsync<Comment>();

    private async Task<IEnumerable<string>> TextsAsync(Person reader) =>
        (await reader.Http.GetAsync(Comments).ReadAsync<Page<Comment>>()).Items.Select(comment => comment.Text);

    private static Task<InboxPage> InboxAsync(Person owner) => owner.Http.GetAsync("/api/me/inbox").ReadAsync<InboxPage>();
}
