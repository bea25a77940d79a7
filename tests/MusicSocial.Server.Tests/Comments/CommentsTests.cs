using System.Net;
using System.Net.Http.Json;
using MusicSocial.Server.Tests.Catalog;

namespace MusicSocial.Server.Tests.Comments;

[Trait("Stores", "both")]
public sealed class CommentsTests : IAsyncLifetime
{
    // No call is ever earned back: what a flood test sees does not depend on how fast the machine is.
    private readonly HubApp _app = new(settings: new() { ["Limits:Comments:PerSecond"] = "0.0001", ["Limits:Comments:Burst"] = "8" });
    private Person _ann = null!;
    private Person _bob = null!;
    private Track _song = null!;

    public async Task InitializeAsync()
    {
        _ann = await _app.GuestAsync("Ann");
        _bob = await _app.GuestAsync("Bob");
        _song = await _app.AddTrackAsync(durationMs: 180_000);
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task A_posted_comment_is_read_back_by_everybody()
    {
        var posted = await PostAsync(_ann, "What a voice!", positionMs: 61_500.7).ReadAsync<Comment>();

        var page = await ReadAsync("");

        Assert.Equal(posted, Assert.Single(page.Items));
        Assert.Equal(_ann.User, posted.Author);
        Assert.Equal(61_500, posted.PositionMs);
        Assert.Equal(1, page.Total);
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task The_same_client_key_is_the_same_comment_once()
    {
        var posts = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => PostAsync(_ann, "once", clientKey: "key").ReadAsync<Comment>()));

        Assert.Single(posts.Select(comment => comment.Id).Distinct());
        Assert.Equal(1, (await ReadAsync("")).Total);
        Assert.NotEqual(posts[0].Id, (await PostAsync(_bob, "another's key", clientKey: "key").ReadAsync<Comment>()).Id);
    }

    [Theory]
    [InlineData(null, 0d, "comment.empty")]
    [InlineData(" \u200e ", 0d, "comment.empty")]
    [InlineData("early", -1d, "comment.position_invalid")]
    [InlineData("late", 1e12, "comment.position_invalid")]
    public Task A_comment_that_breaks_a_rule_is_refused(string? text, double positionMs, string code) =>
        PostAsync(_ann, text, positionMs).RefusedAsync(HttpStatusCode.BadRequest, code);

    [Fact]
    public async Task A_comment_of_501_characters_is_refused_and_500_are_kept()
    {
        await PostAsync(_ann, new string('x', 501)).RefusedAsync(HttpStatusCode.BadRequest, "comment.too_long");

        Assert.Equal(500, (await PostAsync(_ann, new string('x', 500)).ReadAsync<Comment>()).Text.Length);
    }

    [Fact]
    public async Task A_comment_needs_a_song_a_signed_in_author_and_a_parent_under_the_same_song()
    {
        var other = await _app.AddTrackAsync("Another");
        var elsewhere = await PostAsync(_ann, "elsewhere", trackId: other.Id).ReadAsync<Comment>();

        await PostAsync(_ann, "lost", trackId: "nosuchtrack").RefusedAsync(HttpStatusCode.NotFound, "track.not_found");
        await PostAsync(_ann, "reply", parentId: elsewhere.Id).RefusedAsync(HttpStatusCode.NotFound, "comment.not_found");
        await PostAsync(_ann, "reply", parentId: "nosuchcomment").RefusedAsync(HttpStatusCode.NotFound, "comment.not_found");
        await _app.Http.PostAsJsonAsync($"/api/tracks/{_song.Id}/comments", new { text = "hi" })
            .RefusedAsync(HttpStatusCode.Unauthorized, "auth.required");
    }

    [Fact]
    public async Task Only_the_author_edits_and_deletes()
    {
        var comment = await PostAsync(_ann, "first").ReadAsync<Comment>();

        await EditAsync(_bob, comment.Id, "mine now").RefusedAsync(HttpStatusCode.Forbidden, "comment.forbidden");
        await _bob.Http.DeleteAsync($"/api/comments/{comment.Id}").RefusedAsync(HttpStatusCode.Forbidden, "comment.forbidden");
        var edited = await EditAsync(_ann, comment.Id, "second").ReadAsync<Comment>();

        Assert.Equal("second", edited.Text);
        Assert.NotNull(edited.EditedAtMs);
    }

    [Fact]
    public async Task A_deleted_comment_leaves_an_empty_place_and_cannot_be_edited_or_liked()
    {
        var comment = await PostAsync(_ann, "regretted", positionMs: 5000).ReadAsync<Comment>();

        using (await _ann.Http.DeleteAsync($"/api/comments/{comment.Id}"))
        using (await _ann.Http.DeleteAsync($"/api/comments/{comment.Id}"))
        {
            // Deleting twice is deleting once.
        }

        var page = await ReadAsync("");
        Assert.Equal(0, page.Total);
        Assert.Equal((true, ""), (page.Items[0].Deleted, page.Items[0].Text));
        Assert.Empty((await _app.Http.GetAsync($"/api/tracks/{_song.Id}/moments").ReadAsync<CommentMoments>()).Items);
        await EditAsync(_ann, comment.Id, "back").RefusedAsync(HttpStatusCode.BadRequest, "comment.deleted");
        await _bob.Http.PutAsync($"/api/comments/{comment.Id}/like", null).RefusedAsync(HttpStatusCode.BadRequest, "comment.deleted");
    }

    [Fact]
    public async Task A_like_counts_once_and_only_the_liker_sees_it_as_theirs()
    {
        var comment = await PostAsync(_ann, "like me").ReadAsync<Comment>();

        using (await _bob.Http.PutAsync($"/api/comments/{comment.Id}/like", null))
        using (await _bob.Http.PutAsync($"/api/comments/{comment.Id}/like", null))
        {
            Assert.Equal((1, true), await LikesAsync(_bob));
            Assert.Equal((1, false), await LikesAsync(_ann));
        }

        using (await _bob.Http.DeleteAsync($"/api/comments/{comment.Id}/like"))
        using (await _bob.Http.DeleteAsync($"/api/comments/{comment.Id}/like"))
            Assert.Equal((0, false), await LikesAsync(_bob));
    }

    [Fact]
    public async Task A_flood_of_comments_is_refused_with_the_time_to_return()
    {
        for (var i = 0; i < 8; i++)
            await PostAsync(_ann, $"comment {i}").ReadAsync<Comment>();

        var problem = await PostAsync(_ann, "one too many").RefusedAsync(HttpStatusCode.TooManyRequests, "rate.limited");

        Assert.True(problem.GetProperty("retryAfterMs").GetDouble() > 0);
        await PostAsync(_bob, "unhindered").ReadAsync<Comment>();
    }

    [Fact]
    public async Task A_comment_sent_again_is_answered_however_much_was_written_since()
    {
        var first = await PostAsync(_ann, "comment 0", clientKey: "key 0").ReadAsync<Comment>();
        for (var i = 1; i < 8; i++)
            await PostAsync(_ann, $"comment {i}").ReadAsync<Comment>();
        await PostAsync(_ann, "one too many").RefusedAsync(HttpStatusCode.TooManyRequests, "rate.limited");

        Assert.Equal(first, await PostAsync(_ann, "comment 0", clientKey: "key 0").ReadAsync<Comment>());
        Assert.Equal(8, (await ReadAsync("")).Total);
    }

    private async Task<(long, bool)> LikesAsync(Person reader)
    {
        var comment = (await reader.Http.GetAsync($"/api/tracks/{_song.Id}/comments").ReadAsync<CommentPage>()).Items[0];
        return (comment.Likes, comment.LikedByMe);
    }

    private Task<CommentPage> ReadAsync(string query) => _app.Http.GetAsync($"/api/tracks/{_song.Id}/comments{query}").ReadAsync<CommentPage>();

    private Task<HttpResponseMessage> PostAsync(
        Person author, string? text, double? positionMs = null, string? clientKey = null, string? parentId = null, string? trackId = null) =>
        author.Http.PostAsJsonAsync($"/api/tracks/{trackId ?? _song.Id}/comments", new { text, positionMs, clientKey, parentId });

    private static Task<HttpResponseMessage> EditAsync(Person user, string id, string text) =>
        user.Http.PatchAsJsonAsync($"/api/comments/{id}", new { text });
}
