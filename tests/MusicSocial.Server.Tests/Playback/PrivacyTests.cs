using System.Net.Http.Json;
using System.Text.Json;
using MusicSocial.Server.Playback;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.Playback;

/// <summary>Hidden is hidden from every request.</summary>
[Trait("Stores", "both")]
public sealed class PrivacyTests(PlaybackHub hub) : IClassFixture<PlaybackHub>
{
    [Fact]
    public async Task A_private_session_silences_the_topic_at_once_and_nothing_leaks_until_it_ends()
    {
        await using var ann = await hub.ListenerAsync();
        await using var bob = await hub.ListenerAsync("Bob");
        await bob.FollowTopicAsync(ann);
        await ann.ReportAsync("playing", title: "Before");
        Assert.Equal("Before", (await bob.HearAsync()).Track!.Title);

        await ann.Client.CallAsync("SetPrivateSession", true);
        Assert.Equal(NowPlaying.Nothing(ann.Person.User), await bob.HearAsync());
        await ann.ReportAsync("playing", title: "Guilty pleasure");
        await ann.ReportAsync("paused", title: "Guilty pleasure");
        hub.Time.Advance(TimeSpan.FromSeconds(20));
        await ann.ReportAsync("playing", title: "Harmless");
        await ann.Client.CallAsync("SetPrivateSession", false);

        // The very next thing said is of after the session.
        Assert.Equal("Harmless", (await bob.HearAsync()).Track!.Title);
    }

    [Fact]
    public async Task A_private_session_is_hidden_from_every_request_even_of_friends()
    {
        await using var ann = await hub.ListenerAsync();
        await using var bob = await hub.ListenerAsync("Bob");
        await bob.FollowAsync(ann);
        await ann.FollowAsync(bob);
        await ann.ReportAsync("playing");
        await ann.Client.CallAsync("SetPrivateSession", true);

        await AssertHiddenAsync(ann, bob);
        var answer = await bob.FollowTopicAsync(ann);
        AssertNothing(ann, answer.GetProperty("snapshot"));
    }

    [Fact]
    public async Task A_person_who_is_hidden_and_a_person_who_plays_nothing_look_the_same()
    {
        await using var ann = await hub.ListenerAsync();
        await using var silent = await hub.ListenerAsync("Ann");
        await using var bob = await hub.ListenerAsync("Bob");
        await ann.ReportAsync("playing");
        await ann.Client.CallAsync("SetPrivateSession", true);

        var hidden = await RawAsync(bob, ann);
        var nothing = await RawAsync(bob, silent);

        Assert.Equal(nothing.Replace(silent.Id, ann.Id, StringComparison.Ordinal).Replace(silent.Handle, ann.Handle, StringComparison.Ordinal), hidden);
    }

    [Fact]
    public async Task The_audience_nobody_is_closed_to_all()
    {
        await using var ann = await hub.ListenerAsync();
        await using var bob = await hub.ListenerAsync("Bob");
        await bob.FollowAsync(ann);
        await ann.FollowAsync(bob);
        await ann.ReportAsync("playing");
        await ann.ChooseAsync(Audience.Nobody);

        await AssertHiddenAsync(ann, bob);
        await bob.Client.RefusedAsync("user.hidden", "Follow", $"user:{ann.Id}", null);
    }

    [Fact]
    public async Task An_audience_of_followers_is_those_one_follows_back()
    {
        await using var ann = await hub.ListenerAsync();
        await using var friend = await hub.ListenerAsync("Friend");
        await using var fan = await hub.ListenerAsync("Fan");
        await friend.FollowAsync(ann);
        await ann.FollowAsync(friend);
        await fan.FollowAsync(ann);
        await ann.ChooseAsync(Audience.Mutual);
        await ann.ReportAsync("playing");

        Assert.Equal(PlaybackState.Playing, (await friend.SeeAsync(ann)).State);
        var listed = await friend.Person.Http.GetAsync("/api/me/friends").ReadAsync<Page<Friend>>();
        Assert.Equal(PlaybackState.Playing, Assert.Single(listed.Items).NowPlaying!.State);
        await friend.FollowTopicAsync(ann);
        await AssertHiddenAsync(ann, fan);
        await fan.Client.RefusedAsync("user.hidden", "Follow", $"user:{ann.Id}", null);
    }

    [Fact]
    public async Task A_follower_who_loses_access_gets_that_nothing_plays_and_then_no_more()
    {
        await using var ann = await hub.ListenerAsync();
        await using var friend = await hub.ListenerAsync("Friend");
        await using var former = await hub.ListenerAsync("Former friend");
        await LostAccess.AssertAsync(ann, friend, former);
    }

    [Fact]
    public async Task Choices_are_kept_over_a_restart()
    {
        using var folder = new TempFolder();
        var time = new ManualTime();
        Person ann;
        await using (var before = PlaybackHub.Start(time, folder.Path))
        {
            ann = await before.GuestAsync();
            await ann.Http.PutAsJsonAsync("/api/me/privacy", new PrivacySettings(true, Audience.Mutual), WireJson.Options).ReadAsync<PrivacySettings>();
        }

        await using var after = PlaybackHub.Start(time, folder.Path);
        var again = new Person(after, ann.Session);

        Assert.Equal(new PrivacySettings(true, Audience.Mutual), await again.Http.GetAsync("/api/me/privacy").ReadAsync<PrivacySettings>());
    }

    private static async Task AssertHiddenAsync(Listener owner, Listener viewer)
    {
        Assert.Equal(NowPlaying.Nothing(owner.Person.User), await viewer.SeeAsync(owner));
        var friends = await viewer.Person.Http.GetAsync("/api/me/friends").ReadAsync<Page<Friend>>();
        Assert.Null(Assert.Single(friends.Items).NowPlaying);
        Assert.Empty((await viewer.Person.Http.GetAsync($"/api/users/{owner.Handle}/listens").ReadAsync<Page<Listen>>()).Items);
    }

    private static void AssertNothing(Listener owner, JsonElement snapshot) =>
        Assert.Equal(NowPlaying.Nothing(owner.Person.User), snapshot.Deserialize<NowPlaying>(WireJson.Options));

    private static async Task<string> RawAsync(Listener viewer, Listener owner) =>
        (await viewer.Person.Http.GetAsync($"/api/users/{owner.Handle}/now-playing").ReadAsync<JsonElement>()).GetRawText();
}
