using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MusicSocial.Server.Tests.Catalog;

namespace MusicSocial.Server.Tests.Comments;

[Trait("Stores", "both")]
public sealed class RoomCommentsTests : IAsyncLifetime
{
    // So little is readable here that nearly every comment is left out of what everybody sees, unless it must not be.
    private readonly HubApp _app = new(settings: new() { ["Realtime:ReadablePerSecond"] = "1", ["Realtime:ReadableBurst"] = "1" });
    private Person _host = null!;
    private Person _bob = null!;
    private HubClient _hostsHub = null!;
    private HubClient _bobsHub = null!;
    private Track _song = null!;
    private string _roomId = "";

    public async Task InitializeAsync()
    {
        _host = await _app.GuestAsync("Host");
        _bob = await _app.GuestAsync("Bob");
        _hostsHub = await HubClient.ConnectAsync(_host);
        _bobsHub = await HubClient.ConnectAsync(_bob);
        _song = await _app.AddTrackAsync();
        var room = await _host.Http.PostAsJsonAsync("/api/rooms", new { name = "Den", visibility = "public" }).ReadAsync<JsonElement>();
        _roomId = room.GetProperty("id").GetString()!;
        await _hostsHub.CallAsync("JoinRoom", _roomId, null);
    }

    public async Task DisposeAsync()
    {
        await _hostsHub.DisposeAsync();
        await _bobsHub.DisposeAsync();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Only_who_is_in_the_room_comments_in_it()
    {
        await _bobsHub.RefusedAsync("room.not_member", "PostComment", Comment("outside", _roomId));
        await _bobsHub.RefusedAsync("room.not_found", "PostComment", Comment("nowhere", "nosuchroom"));

        await _bobsHub.CallAsync("JoinRoom", _roomId, null);

        Assert.Equal(_roomId, (await _bobsHub.CallAsync("PostComment", Comment("inside", _roomId))).GetProperty("roomId").GetString());
    }

    [Fact]
    public async Task Slow_mode_paces_listeners_but_not_the_host()
    {
        await _bobsHub.CallAsync("JoinRoom", _roomId, null);
        await _hostsHub.CallAsync("ChangeRoom", _roomId, new { slowModeMs = 600_000 });
        var first = await _bobsHub.CallAsync("PostComment", Comment("first", _roomId));

        var refusal = await _bobsHub.RefusedAsync("room.slow_mode", "PostComment", Comment("second", _roomId));

        Assert.InRange(refusal.GetProperty("retryAfterMs").GetDouble(), 1, 600_000);
        Assert.Equal(first.GetProperty("id").GetString(), (await _bobsHub.CallAsync("PostComment", Comment("first", _roomId))).GetProperty("id").GetString());
        await _hostsHub.CallAsync("PostComment", Comment("one", _roomId));
        await _hostsHub.CallAsync("PostComment", Comment("two", _roomId));
    }

    [Fact]
    public async Task The_host_deletes_what_was_written_in_the_room_and_nothing_else()
    {
        await _bobsHub.CallAsync("JoinRoom", _roomId, null);
        var inside = (await _bobsHub.CallAsync("PostComment", Comment("inside", _roomId))).GetProperty("id").GetString();
        var outside = (await _bobsHub.CallAsync("PostComment", Comment("outside", null))).GetProperty("id").GetString();

        using var deleted = await _host.Http.DeleteAsync($"/api/comments/{inside}");

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await _host.Http.DeleteAsync($"/api/comments/{outside}").RefusedAsync(HttpStatusCode.Forbidden, "comment.forbidden");
    }

    [Fact]
    public async Task Nobody_learns_of_a_private_room_from_what_was_written_in_it()
    {
        await _hostsHub.CallAsync("ChangeRoom", _roomId, new { visibility = "private" });
        await _bobsHub.CallAsync("Follow", $"track:{_song.Id}", null);

        var posted = await _hostsHub.CallAsync("PostComment", Comment("whispered", _roomId));

        Assert.Equal(_roomId, posted.GetProperty("roomId").GetString());
        Assert.False((await _bobsHub.NextEventAsync("comment.posted")).Data.TryGetProperty("roomId", out _));
        var page = await _app.Http.GetAsync($"/api/tracks/{_song.Id}/comments").ReadAsync<JsonElement>();
        Assert.False(page.GetProperty("items")[0].TryGetProperty("roomId", out _));
    }

    [Fact]
    public async Task However_much_is_written_what_the_host_writes_reaches_everybody()
    {
        string[] words = ["welcome", "to", "the", "den", "mind", "the", "step", "enjoy"];
        await _bobsHub.CallAsync("Follow", $"track:{_song.Id}", null);

        for (var i = 0; i < words.Length; i++)
            await _hostsHub.CallAsync("PostComment", Comment($"{i} {words[i]}", _roomId));

        for (var i = 0; i < words.Length; i++)
        {
            var told = (await _bobsHub.NextEventAsync("comment.posted")).Data;
            Assert.Equal($"{i} {words[i]}", told.GetProperty("text").GetString());
            Assert.True(told.GetProperty("byHost").GetBoolean());
        }
    }

    [Fact]
    public async Task What_a_host_writes_outside_the_room_is_a_comment_like_any_other()
    {
        await _bobsHub.CallAsync("Follow", $"track:{_song.Id}", null);

        await _hostsHub.CallAsync("PostComment", Comment("just me", null));

        Assert.False((await _bobsHub.NextEventAsync("comment.posted")).Data.TryGetProperty("byHost", out _));
    }

    private object Comment(string text, string? roomId) => new { trackId = _song.Id, text, clientKey = text, roomId };
}
