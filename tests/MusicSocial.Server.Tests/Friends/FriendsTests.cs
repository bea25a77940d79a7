using System.Net;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Server.Relations;
using MusicSocial.Server.Storage;
using MusicSocial.Server.Tests.Storage;

namespace MusicSocial.Server.Tests.Friends;

[Trait("Stores", "both")]
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
    public Task Following_oneself_is_refused() =>
        _ann.Http.PutAsync(FollowPath(_ann), null).RefusedAsync(HttpStatusCode.BadRequest, "friends.self");

    [Fact]
    public Task Following_a_person_who_does_not_exist_is_refused() =>
        _ann.Http.PutAsync("/api/users/no-such-person/follow", null).RefusedAsync(HttpStatusCode.NotFound, "user.not_found");

    [Fact]
    public Task Profiles_need_a_token() =>
        _app.Http.GetAsync($"/api/users/{_ann.User.Handle}").RefusedAsync(HttpStatusCode.Unauthorized, "auth.required");

    [Fact]
    public async Task Followers_are_paged_newest_first_and_none_is_missed()
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
    public async Task The_following_list_has_the_people_one_follows()
    {
        await FollowAsync(_ann, _bob);

        var page = await _bob.Http.GetAsync($"/api/users/{_ann.User.Handle}/following").ReadAsync<Page<User>>();

        Assert.Equal([_bob.User], page.Items);
        Assert.Null(page.Next);
    }

    [Fact]
    public Task A_made_up_cursor_is_refused() =>
        _ann.Http.GetAsync($"/api/users/{_ann.User.Handle}/followers?cursor=nonsense").RefusedAsync(HttpStatusCode.BadRequest, "request.bad_cursor");

    [Fact]
    public async Task A_later_page_of_follows_is_read_from_where_it_begins()
    {
        var database = _app.Services.GetRequiredService<Database>();
        await database.WriteAsync(connection => connection.ExecuteAsync(AddPeople), CancellationToken.None);
        await database.WriteAsync(connection => connection.ExecuteAsync(HaveThemFollow), CancellationToken.None);
        await QueryPlan.CountRowsAsync(database);
        var page = new { userId = "user 7", beforeId = "follow 5000", limit = 11 };

        QueryPlan.AssertBegins(await QueryPlan.OfAsync(database, FollowStore.FollowersSql, page), "follows_by_followed", "id");
        QueryPlan.AssertBegins(await QueryPlan.OfAsync(database, FollowStore.FollowedSql, page), "follows_by_follower", "id");
    }

    private static string FollowPath(Person person) => $"/api/users/{person.User.Handle}/follow";

    private static Task<Profile> FollowAsync(Person follower, Person followed) =>
        follower.Http.PutAsync(FollowPath(followed), null).ReadAsync<Profile>();

    private const string AddPeople =
        """
        WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < 200)
        INSERT INTO users (id, handle, handle_key, display_name, guest, security_stamp, created_at_ms)
        SELECT 'user ' || n, 'user ' || n, 'user ' || n, 'name', 1, 'stamp', n
        FROM numbers
        """;

    private const string HaveThemFollow =
        """
        INSERT INTO follows (id, follower_id, followed_id)
        SELECT 'follow ' || a.created_at_ms || b.created_at_ms || a.id || b.id, a.id, b.id
        FROM users a
        CROSS JOIN users b
        WHERE a.security_stamp = 'stamp' AND b.security_stamp = 'stamp'
        """;
}
