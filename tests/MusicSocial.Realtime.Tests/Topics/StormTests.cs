using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Tests.Rig;
using MusicSocial.Realtime.Topics;

namespace MusicSocial.Realtime.Tests.Topics;

/// <summary>All clients come back at once, to a node that holds nothing of the topic yet.</summary>
public sealed class StormTests
{
    private const int Many = 500;

    [Fact]
    public async Task One_read_of_the_log_serves_all_who_come_back_together()
    {
        var log = new CountingLog();
        var missed = new BackfillCache("test:song", log, TimeProvider.System, _ => false);

        var asking = Enumerable.Range(0, Many).Select(i => missed.SinceAsync(new("epoch", 10 + (i % 20)), default)).ToArray();
        log.Answer();
        var slices = await Eventually.Finishes(Task.WhenAll(asking));

        Assert.Equal(1, log.Reads);
        for (var i = 0; i < Many; i++)
            Assert.Equal(Enumerable.Range(11 + (i % 20), 90 - (i % 20)).Select(offset => (long)offset), slices[i].Events.Select(one => one.Offset));
        Assert.All(slices, slice => Assert.True(slice.Recovered));
    }

    [Fact]
    public async Task One_who_stands_further_back_is_not_answered_from_too_little()
    {
        var log = new CountingLog();
        log.Answer();
        var missed = new BackfillCache("test:song", log, TimeProvider.System, _ => false);

        await missed.SinceAsync(new("epoch", 50), default);
        var further = await missed.SinceAsync(new("epoch", 20), default);
        var elsewhere = await missed.SinceAsync(new("other", 50), default);
        var future = await missed.SinceAsync(new("epoch", 101), default);

        Assert.Equal(80, further.Events.Count);
        Assert.False(elsewhere.Recovered);
        Assert.False(future.Recovered);
        Assert.Equal(4, log.Reads);
    }

    [Fact]
    public async Task A_resume_within_the_ring_reads_neither_log_nor_snapshot()
    {
        await using var node = new TestNode();
        var snapshots = 0;
        node.Kind.Snapshot = _ => Task.FromResult<object?>(Interlocked.Increment(ref snapshots));
        var first = await node.ConnectAsync();
        var position = (await first.FollowAsync("test:song")).Position;
        for (var number = 1; number <= 20; number++)
            await node.PublishAsync("test:song", number);

        for (var i = 0; i < 50; i++)
        {
            var back = await node.ConnectAsync();
            var answer = await back.FollowAsync("test:song", position with { Offset = i % 20 });
            Assert.True(answer.Recovered);
            Assert.Equal(20 - (i % 20), answer.Events.Count);
        }

        Assert.Equal(1, snapshots);
    }

    private sealed class CountingLog : ITopicLog
    {
        private readonly TaskCompletionSource _mayAnswer = new();
        private int _reads;

        public int Reads => _reads;

        public void Answer() => _mayAnswer.SetResult();

        public ValueTask<(string Epoch, TopicEvent Event)> AppendAsync(string topic, NewEvent newEvent, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public async ValueTask<TopicSlice> ReadAsync(string topic, TopicPosition? since, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _reads);
            await _mayAnswer.Task;
            var recovers = since is { Epoch: "epoch", Offset: <= 100 };
            return new(
                new("epoch", 100), recovers,
                recovers ? [.. Enumerable.Range((int)since!.Offset + 1, 100 - (int)since.Offset).Select(offset => new TopicEvent(offset, "", 0, default))] : []);
        }
    }
}
