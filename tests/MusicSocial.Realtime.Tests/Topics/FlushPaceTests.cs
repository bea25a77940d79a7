using MusicSocial.Realtime.Tests.Rig;
using MusicSocial.Realtime.Topics;

namespace MusicSocial.Realtime.Tests.Topics;

public sealed class FlushPaceTests
{
    [Theory]
    [InlineData(0, 50, true)]
    [InlineData(64, 50, true)]
    [InlineData(65, 50, false)]
    [InlineData(5_000, 50, false)]
    [InlineData(5_001, 100, false)]
    [InlineData(10_000, 100, false)]
    [InlineData(25_000, 250, false)]
    [InlineData(50_000, 500, false)]
    [InlineData(100_000, 1_000, false)]
    [InlineData(10_000_000, 1_000, false)]
    public void The_more_followers_the_rarer_the_frames(int followers, int milliseconds, bool isInline) =>
        Assert.Equal(new(TimeSpan.FromMilliseconds(milliseconds), isInline), FlushPace.For(followers, new()));

    [Fact]
    public void A_longer_interval_that_was_asked_for_stays() =>
        Assert.Equal(TimeSpan.FromMilliseconds(300), FlushPace.For(10_000, new() { BusyInterval = TimeSpan.FromMilliseconds(300) }).Interval);

    [Fact]
    public async Task A_quiet_topic_of_few_is_written_before_the_posting_call_returns()
    {
        await using var node = new TestNode();
        var client = await node.ConnectAsync();
        await client.FollowAsync("test:song");
        await client.CallAsync<string>("Echo", "");
        var follower = Assert.Single(node.Connections.Find(client.Id)!.Followed.ToArray());

        var posting = node.Publisher.PublishAsync("test:song", "number", 1, null, default);

        Assert.Equal(1, follower.Sent);
        await posting;
    }
}
