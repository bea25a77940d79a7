using System.Net;
using System.Text.Json;

namespace MusicSocial.Server.Tests.Inbox;

[Trait("Stores", "both")]
public sealed class InboxTests : IAsyncLifetime
{
    private readonly HubApp _app = new();
    private Person _ann = null!;
    private Person _bob = null!;

    public async Task InitializeAsync() => (_ann, _bob) = (await _app.GuestAsync("Ann"), await _app.GuestAsync("Bob"));

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task A_new_follower_is_a_notice_and_only_once()
    {
        await FollowBobAsync();
        await _ann.Http.DeleteAsync($"/api/users/{_bob.User.Handle}/follow");
        await FollowBobAsync();

        var inbox = await ReadAsync(_bob);

        var notice = Assert.Single(inbox.Items);
        Assert.Equal("follower", notice.Type);
        Assert.Equal(_ann.User.Id, notice.Data.GetProperty("user").GetProperty("id").GetString());
        Assert.Equal(1, inbox.Unread);
        Assert.False(notice.Read);
    }

    [Fact]
    public async Task Reading_the_inbox_leaves_nothing_unread()
    {
        await FollowBobAsync();

        var answer = await _bob.Http.PutAsync("/api/me/inbox/read", null).ReadAsync<InboxRead>();

        Assert.Equal(0, answer.Unread);
        var inbox = await ReadAsync(_bob);
        Assert.Equal(0, inbox.Unread);
        Assert.True(Assert.Single(inbox.Items).Read);
    }

    [Fact]
    public async Task An_inbox_is_its_owners()
    {
        await FollowBobAsync();

        Assert.Empty((await ReadAsync(_ann)).Items);
        await _app.Http.GetAsync("/api/me/inbox").RefusedAsync(HttpStatusCode.Unauthorized, "auth.required");
    }

    [Fact]
    public async Task A_notice_is_told_at_once_to_its_owner_alone()
    {
        await using var bob = await HubClient.ConnectAsync(_bob);
        var answer = await bob.CallAsync("Follow", $"me:{_bob.User.Id}", null);
        Assert.Equal(0, answer.GetProperty("snapshot").GetProperty("unread").GetInt32());

        await FollowBobAsync();

        var told = (await bob.NextEventAsync("follower")).Data.Deserialize<Notice>(WireJson.Options)!;
        var notice = Assert.Single((await ReadAsync(_bob)).Items);
        Assert.Equal((notice.Id, notice.Type, notice.AtMs), (told.Id, told.Type, told.AtMs));
        await bob.RefusedAsync("auth.forbidden", "Follow", $"me:{_ann.User.Id}", null);
    }

    private async Task FollowBobAsync() => (await _ann.Http.PutAsync($"/api/users/{_bob.User.Handle}/follow", null)).EnsureSuccessStatusCode();

    private static Task<InboxPage> ReadAsync(Person person) => person.Http.GetAsync("/api/me/inbox").ReadAsync<InboxPage>();
}
