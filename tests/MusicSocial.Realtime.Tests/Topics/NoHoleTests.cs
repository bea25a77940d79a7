using FsCheck;
using FsCheck.Fluent;
using MusicSocial.Realtime.Tests.Rig;
using MusicSocial.TestRig;

namespace MusicSocial.Realtime.Tests.Topics;

/// <summary>The first promise of the wire, under everything happening at once.</summary>
public sealed class NoHoleTests
{
    private sealed record Scene(int Publishers, int EventsEach, int Clients, int Stays, int Buffer);

    [Fact]
    public void Clients_that_come_and_go_see_every_event_once_and_in_order()
    {
        var scenes =
            from publishers in Gen.Choose(1, 4)
            from eventsEach in Gen.Choose(1, 60)
            from clients in Gen.Choose(1, 4)
            from stays in Gen.Choose(1, 5)
            from buffer in Gen.Elements(512, 4_096, 65_536)
            select new Scene(publishers, eventsEach, clients, stays, buffer);
        Prop.ForAll(Arb.From(scenes), scene => PlayAsync(scene)).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    private static async Task PlayAsync(Scene scene)
    {
        await using var node = new TestNode();
        using var ended = new CancellationTokenSource();
        var ticking = TickAsync(node.Time, ended.Token);
        var total = scene.Publishers * scene.EventsEach;
        var watching = Enumerable.Range(0, scene.Clients).Select(_ => Task.Run(() => WatchAsync(node, scene, total))).ToArray();
        var publishing = Enumerable.Range(0, scene.Publishers).Select(_ => Task.Run(async () =>
        {
            for (var number = 0; number < scene.EventsEach; number++)
            {
                await node.PublishAsync("test:song", number);
                await Task.Yield();
            }
        })).ToArray();

        await Task.WhenAll(publishing);
        foreach (var (start, seen) in await Eventually.Finishes(Task.WhenAll(watching)))
        {
            Assert.Equal(Enumerable.Range((int)start + 1, total - (int)start).Select(number => (long)number), seen);
        }

        await ended.CancelAsync();
        await ticking;
    }

    // Stays for a few events, leaves without a word, comes back with the last position, and so on; the last stay sees the end.
    private static async Task<(long Start, List<long> Seen)> WatchAsync(TestNode node, Scene scene, int total)
    {
        List<long> seen = [];
        TopicPosition? start = null;
        TopicPosition? last = null;
        for (var stay = 1; stay <= scene.Stays; stay++)
        {
            var client = await node.ConnectAsync(scene.Buffer);
            var answer = await client.FollowAsync("test:song", last);
            Assert.Equal(last is not null, answer.Recovered);
            start ??= answer.Position;
            seen.AddRange(answer.Events.Select(one => one.Offset));
            var goal = stay == scene.Stays ? total : Math.Min(total, answer.Position.Offset + (total / scene.Stays));
            await Eventually.Holds(() => answer.Position.Offset + client.Offsets("test:song").Length >= goal, $"offset {goal}");
            seen.AddRange(client.Offsets("test:song"));
            last = start with { Offset = start.Offset + seen.Count };
            Assert.Empty(client.Gaps);
            await client.VanishAsync();
        }

        return (start!.Offset, seen);
    }

    private static async Task TickAsync(ManualTime time, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Delay(1, CancellationToken.None);
        }
    }
}
