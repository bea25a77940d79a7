using MusicSocial.Client.Topics;
using MusicSocial.TestRig;

namespace MusicSocial.Client.Tests.Connection;

public sealed class ReconnectingTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    [Fact]
    public async Task A_node_that_does_not_answer_is_passed_over_for_the_next()
    {
        await using var deaf = new TcpProxy(() => fixture.Hub.Address.Port) { Swallows = true };
        await using var client = new MusicSocialClient(TestHub.At(deaf), fixture.Hub.Address);
        client.Accounts.Resume(await SessionAsync());

        await client.ConnectAsync();

        Assert.Equal(fixture.Hub.Address, client.Node);
    }

    [Fact]
    public async Task A_connection_that_went_dead_without_a_word_is_given_up_for_another_node()
    {
        await using var first = new TcpProxy(() => fixture.Hub.Address.Port);
        await using var second = new TcpProxy(() => fixture.Hub.Address.Port);
        await using var client = await TestHub.GuestAsync(TestHub.At(first), TestHub.At(second));
        var track = await client.FirstTrackAsync();
        await using var topic = await client.FollowAsync($"track:{track.Id}");
        var (taken, other) = client.Node == TestHub.At(first) ? (first, second) : (second, first);

        taken.Swallows = true;
        await client.Comments.PostAsync(track.Id, "over the other node");
        await topic.ReadUntilAsync(update => update.Says("over the other node"));

        Assert.Equal(TestHub.At(other), client.Node);
    }

    [Fact]
    public async Task A_comment_under_way_when_the_connection_broke_is_posted_once()
    {
        await using var proxy = new TcpProxy(() => fixture.Hub.Address.Port);
        await using var client = await TestHub.GuestAsync(TestHub.At(proxy));
        var track = await client.FirstTrackAsync();
        await client.ConnectAsync();

        // The node gets it, its answer is lost.
        proxy.Delay = TimeSpan.FromMilliseconds(150);
        var posted = client.Comments.PostAsync(track.Id, "once");
        await Task.Delay(220);
        proxy.Cut();
        proxy.Delay = TimeSpan.Zero;
        var comment = await posted;

        var all = await client.Comments.ListAllAsync(track.Id).Where(found => found.Text == "once").ToListAsync();
        Assert.Equal(comment.Id, Assert.Single(all).Id);
    }

    [Fact]
    public async Task A_hub_that_lost_its_numbering_starts_the_topic_anew()
    {
        await using var hub = await TestHub.StartAsync();
        await using var client = await TestHub.GuestAsync(hub.Address);
        var track = await client.FirstTrackAsync();
        await using var topic = await client.FollowAsync($"track:{track.Id}");
        await client.Comments.PostAsync(track.Id, "old");
        var before = await topic.ReadUntilAsync(update => update.Says("old"));

        await hub.KillAsync();
        await hub.StartAgainAsync();
        await client.Comments.PostAsync(track.Id, "new");
        var after = await topic.ReadUntilAsync(update =>
            update.Says("new") || (update is TopicStarted started && started.Snapshot.ToString().Contains("new", StringComparison.Ordinal)));

        Assert.IsType<TopicStarted>(after[0]);
        Assert.NotEqual(before[0].Position.Epoch, after[0].Position.Epoch);
    }

    [Fact]
    public async Task A_hub_that_stops_leads_its_clients_out_and_they_come_back_to_the_next_one()
    {
        await using var hub = await TestHub.StartAsync();
        await using var client = await TestHub.GuestAsync(hub.Address);
        var states = new List<ConnectionState>();
        client.StateChanged += (_, changed) => states.Add(changed.State);
        await client.ConnectAsync();

        await hub.StopAsync();
        await hub.StartAgainAsync();
        await client.FirstTrackAsync();
        await client.ConnectAsync();

        Assert.Equal([ConnectionState.Connecting, ConnectionState.Connected, ConnectionState.Draining], states.Take(3));
        Assert.Equal(ConnectionState.Connected, client.State);
    }

    private async Task<Session> SessionAsync()
    {
        await using var client = await TestHub.GuestAsync(fixture.Hub.Address);
        return client.Accounts.Session!;
    }
}
