using System.Net;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Friends;
using MusicSocial.Server.Hosting;

namespace MusicSocial.Server.Tests.Friends;

public sealed class FriendsTests : IAsyncLifetime
{
    private readonly HubApp _app = new();
    private Person _ann = null!;
    private Person _bob = null!;

    public async Task InitializeAsync() => (_ann, _bob) = (await _app.GuestAsync("Ann"), await _app.GuestAsync("Bob"));

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Following_twice_is_following_once()
    {
        await FollowAsync(_ann, _bob);
        var profile = await FollowAsync(_ann, _bob);

        Assert.True(profile is { Followers: 1, FollowedByMe: true, FollowsMe: false });
        var seenByBob = await _bob.Http.GetAsync($"/api/users/{_ann.User.Handle}").ReadAsync<Profile>();
        Assert.True(seenByBob is { Following: 1, FollowedByMe: false, FollowsMe: true });
    }

    [Fact]
    public async Task Unfollowing_undoes_it_and_may_be_repeated()
    {
        await FollowAsync(_ann, _bob);

        for (var i = 0; i < 2; i++)
        {
            var profile = await _ann.Http.DeleteAsync(FollowPath(_bob)).ReadAsync<Profile>();
            Assert.True(profile is { Followers: 0, FollowedByMe: false });
        }
    }

    [Fact]
    public Task Nobody_follows_themselves() =>
        _ann.Http.PutAsync(FollowPath(_ann), null).RefusedAsync(HttpStatusCode.BadRequest, "friends.self");

    [Fact]
    public Task Nobody_follows_a_stranger_who_does_not_exist() =>
        _ann.Http.PutAsync("/api/users/no-such-person/follow", null).RefusedAsync(HttpStatusCode.NotFound, "user.not_found");

    [Fact]
    public Task A_stranger_without_a_token_sees_no_people() =>
        _app.Http.GetAsync($"/api/users/{_ann.User.Handle}").RefusedAsync(HttpStatusCode.Unauthorized, "auth.required");

    [Fact]
    public async Task Followers_are_paged_newest_first_and_nobody_is_missed()
    {
        var fans = new List<Person>();
        for (var i = 0; i < 5; i++)
        {
            fans.Add(await _app.GuestAsync($"Fan {i}"));
            await FollowAsync(fans[i], _ann);
        }

        var seen = new List<User>();
        string? cursor = null;
        do
        {
            var page = await _bob.Http.GetAsync($"/api/users/{_ann.User.Handle}/followers?limit=2&cursor={cursor}").ReadAsync<Page<User>>();
            seen.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(fans.Select(fan => fan.User).Reverse(), seen);
    }

    [Fact]
    public async Task Following_lists_whom_one_follows()
    {
        await FollowAsync(_ann, _bob);

        var page = await _bob.Http.GetAsync($"/api/users/{_ann.User.Handle}/following").ReadAsync<Page<User>>();

        Assert.Equal([_bob.User], page.Items);
        Assert.Null(page.Next);
    }

    [Fact]
    public Task A_cursor_nobody_gave_out_is_refused() =>
        _ann.Http.GetAsync($"/api/users/{_ann.User.Handle}/followers?cursor=nonsense").RefusedAsync(HttpStatusCode.BadRequest, "request.bad_cursor");

    private static string FollowPath(Person person) => $"/api/users/{person.User.Handle}/follow";

    private static Task<Profile> FollowAsync(Person follower, Person followed) =>
        follower.Http.PutAsync(FollowPath(followed), null).ReadAsync<Profile>();
}
