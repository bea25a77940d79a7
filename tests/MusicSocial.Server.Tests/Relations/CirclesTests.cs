using System.Net.Http.Json;
using MusicSocial.Server.Tests.Playback;

namespace MusicSocial.Server.Tests.Relations;

/// <summary>What a person shows is seen in the circle they chose, and in no wider one.</summary>
[Trait("Stores", "both")]
public sealed class CirclesTests(PlaybackHub hub) : IClassFixture<PlaybackHub>
{
    /// <summary>Who looks, and whether they see it in the circles everyone, followers, mutual, close, nobody.</summary>
    public static TheoryData<string, string> Looks => new()
    {
        { "stranger", "+----" },
        { "follower", "++---" },
        { "mutual", "+++--" },
        { "close", "++++-" },
        { "blocked", "-----" },
    };

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Each_circle_lies_within_the_one_before(string relation, string seen)
    {
        await using var owner = await hub.ListenerAsync("Owner");
        await using var viewer = await hub.ListenerAsync("Viewer");
        await RelateAsync(owner, viewer, relation);
        await owner.ReportAsync("playing");

        foreach (var (circle, isSeen) in Enum.GetValues<Audience>().Zip(seen.Select(sign => sign == '+')))
        {
            await owner.ChooseAsync(circle);
            if (relation == "blocked")
                await viewer.Client.RefusedAsync("user.not_found", "Follow", $"user:{owner.Id}", null);
            else
                Assert.Equal((circle, isSeen ? PlaybackState.Playing : PlaybackState.Stopped), (circle, (await viewer.SeeAsync(owner, shown => (shown.State == PlaybackState.Playing) == isSeen)).State));
        }
    }

    [Fact]
    public async Task New_accounts_show_what_they_play_and_played_to_mutual_followers()
    {
        var privacy = await (await hub.App.GuestAsync()).Http.GetAsync("/api/me/privacy").ReadAsync<PrivacySettings>();

        Assert.Equal(new PrivacySettings(false, Audience.Mutual) { History = Audience.Mutual, Connections = Audience.Everyone }, privacy);
    }

    [Fact]
    public async Task History_and_connections_have_circles_of_their_own()
    {
        await using var owner = await hub.ListenerAsync("Owner");
        await using var viewer = await hub.ListenerAsync("Viewer");
        await viewer.FollowAsync(owner);

        await ChangeAsync(owner, new { history = "nobody", connections = "close" });
        Assert.Empty(await FollowersAsync(viewer, owner));
        Assert.Equal([viewer.Person.User], await FollowersAsync(owner, owner));

        await owner.Person.Http.PutAsync($"/api/users/{viewer.Handle}/circle/close", null).ReadAsync<Profile>();
        Assert.Equal([viewer.Person.User], await FollowersAsync(viewer, owner));
    }

    [Fact]
    public async Task A_position_or_a_room_that_is_not_shown_is_left_out()
    {
        await using var owner = await hub.ListenerAsync("Owner");
        await using var viewer = await hub.ListenerAsync("Viewer");
        await owner.ReportAsync("playing", seconds: 30);
        Assert.NotNull((await viewer.SeeAsync(owner, shown => shown.State == PlaybackState.Playing)).Timeline);

        await ChangeAsync(owner, new { showPosition = false });

        // For a moment nothing plays: who saw more is told so first.
        hub.Time.Advance(TimeSpan.FromSeconds(5));
        await owner.ReportAsync("playing", seconds: 35);
        var shown = await viewer.SeeAsync(owner, shown => shown.State == PlaybackState.Playing);
        Assert.Equal(("Elsewhere", null), (shown.Track?.Title, shown.Timeline));
    }

    [Fact]
    public async Task A_private_session_ends_by_itself_when_it_was_given_an_end()
    {
        await using var owner = await hub.ListenerAsync("Owner");
        await using var viewer = await hub.ListenerAsync("Viewer");
        await ChangeAsync(owner, new { privateSession = true, privateUntilMs = owner.NowMs + 60_000 });
        await owner.ReportAsync("playing");
        Assert.Equal(PlaybackState.Stopped, (await viewer.SeeAsync(owner)).State);

        hub.Time.Advance(TimeSpan.FromMinutes(2));
        await owner.ReportAsync("playing");

        Assert.Equal(PlaybackState.Playing, (await viewer.SeeAsync(owner, shown => shown.State == PlaybackState.Playing)).State);
        var privacy = await owner.Person.Http.GetAsync("/api/me/privacy").ReadAsync<PrivacySettings>();
        Assert.Equal((false, null), (privacy.PrivateSession, privacy.PrivateUntilMs));
    }

    [Theory]
    [InlineData("""{"privateUntilMs": 99999999999999}""")]
    [InlineData("""{"privateSession": true, "privateUntilMs": 5}""")]
    public async Task An_end_without_a_private_session_or_in_the_past_is_refused(string body)
    {
        var ann = await hub.App.GuestAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        await ann.Http.PutAsync("/api/me/privacy", content).RefusedAsync(System.Net.HttpStatusCode.BadRequest, "request.invalid");
    }

    private static async Task RelateAsync(Listener owner, Listener viewer, string relation)
    {
        if (relation is "follower" or "mutual" or "blocked")
            await viewer.FollowAsync(owner);
        if (relation is "mutual" or "blocked")
            await owner.FollowAsync(viewer);
        if (relation is "close" or "blocked")
            await owner.Person.Http.PutAsync($"/api/users/{viewer.Handle}/circle/close", null).ReadAsync<Profile>();
        if (relation == "blocked")
            await owner.Person.Http.PutAsync($"/api/users/{viewer.Handle}/block", null).ReadAsync<Profile>();
    }

    private static Task<PrivacySettings> ChangeAsync(Listener owner, object change) =>
        owner.Person.Http.PutAsJsonAsync("/api/me/privacy", change, WireJson.Options).ReadAsync<PrivacySettings>();

    private static async Task<IReadOnlyList<User>> FollowersAsync(Listener viewer, Listener owner) =>
        (await viewer.Person.Http.GetAsync($"/api/users/{owner.Handle}/followers").ReadAsync<Page<User>>()).Items;
}
