using MusicSocial.Client.Topics;
using MusicSocial.TestRig;

namespace MusicSocial.Client.Tests.Topics;

public sealed class FollowingTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    [Fact]
    public async Task A_follower_gets_the_present_and_then_everything_in_order_once()
    {
        await using var client = await TestHub.GuestAsync(fixture.Hub.Address);
        var track = await client.FirstTrackAsync();
        await client.Comments.PostAsync(track.Id, "before");

        await using var topic = await client.FollowAsync($"track:{track.Id}");
        for (var i = 0; i < 20; i++)
            await client.Comments.PostAsync(track.Id, $"live {i}");
        var updates = await topic.ReadUntilAsync(update => update.Says("live 19"));

        Assert.Contains(((TopicStarted)updates[0]).ReadSnapshot<TrackSnapshot>().Comments, comment => comment.Text == "before");
        AssertGapless(updates[0].Position, updates.Skip(1));
    }

    [Fact]
    public async Task What_was_missed_while_the_connection_was_cut_comes_once_and_in_order()
    {
        await using var proxy = new TcpProxy(() => fixture.Hub.Address.Port);
        await using var listener = await TestHub.GuestAsync(TestHub.At(proxy));
        await using var writer = await TestHub.GuestAsync(fixture.Hub.Address);
        var track = await writer.FirstTrackAsync();
        await using var topic = await listener.FollowAsync($"track:{track.Id}");
        await writer.Comments.PostAsync(track.Id, "seen");
        var updates = await topic.ReadUntilAsync(update => update.Says("seen"));

        for (var cut = 0; cut < 3; cut++)
        {
            proxy.Refuses = true;
            proxy.Cut();
            for (var i = 0; i < 5; i++)
                await writer.Comments.PostAsync(track.Id, $"missed {cut}.{i}");
            proxy.Refuses = false;
            updates.AddRange(await topic.ReadUntilAsync(update => update.Says($"missed {cut}.4")));
        }

        Assert.Single(updates.OfType<TopicStarted>());
        AssertGapless(updates[0].Position, updates.Skip(1));
    }

    [Fact]
    public async Task A_reader_who_dawdles_costs_little_and_misses_nothing()
    {
        await using var writer = await TestHub.GuestAsync(fixture.Hub.Address);
        await using var reader = new MusicSocialClient(new MusicSocialClientOptions { Nodes = [fixture.Hub.Address], UpdatesHeld = 2 });
        // One's own comments are shown however many there are; those of others would be sampled.
        reader.Accounts.Resume(writer.Accounts.Session!);
        var track = await writer.FirstTrackAsync();
        await using var topic = await reader.FollowAsync($"track:{track.Id}");

        // More than the subscription holds, in many frames.
        for (var i = 0; i < 600; i++)
            await writer.Comments.PostAsync(track.Id, $"dawdle {i}");
        var updates = await topic.ReadUntilAsync(update => update.Says("dawdle 599"));

        AssertGapless(updates[0].Position, updates.Skip(1));
    }

    [Fact]
    public async Task What_may_not_be_followed_is_refused_with_the_hubs_code()
    {
        await using var client = await TestHub.GuestAsync(fixture.Hub.Address);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => client.FollowAsync("me:somebody-else"));

        Assert.Equal("auth.forbidden", refused.Refusal.Code);
    }

    [Fact]
    public async Task A_topic_left_can_be_followed_again()
    {
        await using var client = await TestHub.GuestAsync(fixture.Hub.Address);
        var track = await client.FirstTrackAsync();
        await using (await client.FollowAsync($"track:{track.Id}"))
            await Assert.ThrowsAsync<InvalidOperationException>(() => client.FollowAsync($"track:{track.Id}"));

        await using var again = await client.FollowAsync($"track:{track.Id}");

        Assert.NotNull(again.Position);
    }

    // Holes and repetitions of a topic that is not sampled: offsets go up by one.
    private static void AssertGapless(TopicPosition start, IEnumerable<TopicUpdate> updates)
    {
        var position = start;
        foreach (var update in updates)
        {
            Assert.Equal(position with { Offset = position.Offset + 1 }, update.Position);
            position = update.Position;
        }
    }
}
