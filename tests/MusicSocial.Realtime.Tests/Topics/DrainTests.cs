using MusicSocial.Realtime.Hubs;
using MusicSocial.Realtime.Tests.Rig;

namespace MusicSocial.Realtime.Tests.Topics;

public sealed class DrainTests
{
    [Fact]
    public async Task Clients_are_asked_to_come_back_elsewhere_and_draining_ends_when_they_are_gone()
    {
        await using var node = new TestNode();
        TestClient[] clients = [await node.ConnectAsync(), await node.ConnectAsync()];
        await SeatedAsync(node, clients.Length);
        var drain = node.Get<HubDrain>();

        var drained = drain.DrainAsync(CancellationToken.None);

        Assert.True(drain.IsDraining);
        foreach (var client in clients)
        {
            await Eventually.Holds(() => client.Drainings.Any(), "asked to leave");
            Assert.InRange(client.Drainings.Single().RetryAfterMs, 0, 250);
            Assert.False(drained.IsCompleted);
            await client.CloseAsync();
        }

        await AdvanceUntilAsync(node, drained);
    }

    [Fact]
    public async Task Whoever_stays_is_cut_off()
    {
        await using var node = new TestNode();
        var client = await node.ConnectAsync();
        await SeatedAsync(node, 1);

        await AdvanceUntilAsync(node, node.Get<HubDrain>().DrainAsync(CancellationToken.None));

        await Eventually.Holds(() => client.IsEnded, "cut off");
    }

    // A client's handshake is answered before the node knows its connection.
    private static Task SeatedAsync(TestNode node, int count) => Eventually.Holds(() => node.Connections.Count == count, "connected");

    private static async Task AdvanceUntilAsync(TestNode node, Task task)
    {
        await Eventually.Holds(
            () =>
            {
                node.Time.Advance(TimeSpan.FromMilliseconds(50));
                return task.IsCompleted;
            },
            "drained");
        await task;
    }
}
