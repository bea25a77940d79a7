using MusicSocial.Server.Playback;

namespace MusicSocial.Server.Tests.Playback;

/// <summary>A follower loses access to what a person plays.</summary>
internal static class LostAccess
{
    /// <summary>One of two followers loses access: both get that nothing plays, the one who lost it gets a gap and a refusal, and follows again when access returns.</summary>
    public static async Task AssertAsync(Listener ann, Listener friend, Listener former)
    {
        foreach (var other in new[] { friend, former })
        {
            await other.FollowAsync(ann);
            await ann.FollowAsync(other);
            await other.FollowTopicAsync(ann);
        }

        await ann.ChooseAsync(Audience.Mutual);
        await ann.ReportAsync("playing", title: "For friends");
        Assert.Equal("For friends", (await former.HearAsync()).Track!.Title);
        Assert.Equal("For friends", (await friend.HearAsync()).Track!.Title);

        await ann.UnfollowAsync(former);
        Assert.Equal(NowPlaying.Nothing(ann.Person.User), await former.HearAsync());
        Assert.Equal(NowPlaying.Nothing(ann.Person.User), await friend.HearAsync());
        Assert.Equal("For friends", (await friend.HearAsync()).Track!.Title);

        await former.Client.NextGapAsync($"user:{ann.Id}");
        await former.Client.RefusedAsync("user.hidden", "Follow", $"user:{ann.Id}", null);
        await ann.ReportAsync("playing", title: "After him");
        Assert.Equal("After him", (await friend.HearAsync()).Track!.Title);
        await ann.FollowAsync(former);
        await former.FollowTopicAsync(ann);
        await ann.ReportAsync("paused", title: "Friends again");
        Assert.Equal("Friends again", (await former.HearAsync()).Track!.Title);
    }
}
