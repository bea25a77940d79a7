using System.Collections.Concurrent;

namespace MusicSocial.Realtime.Tests.Rig;

/// <summary>The database of two nodes in one line: what is published is written down first, and is every newcomer's snapshot.</summary>
internal sealed class WrittenDown
{
    private readonly ConcurrentQueue<int> _numbers = new();
    private readonly string _topic;
    private int _last;

    public WrittenDown(NodePair nodes, string topic)
    {
        _topic = topic;
        nodes.One.Kind.Snapshot = nodes.Other.Kind.Snapshot = _ => Task.FromResult<object?>(_numbers.ToArray());
    }

    /// <summary>Every number written down so far.</summary>
    public int[] Numbers => [.. _numbers];

    /// <summary>Writes down the next number and publishes it.</summary>
    public async Task PublishAsync(TestNode node)
    {
        var number = Interlocked.Increment(ref _last);
        _numbers.Enqueue(number);
        await node.Publisher.PublishAsync(_topic, "number", number, $"{number}", CancellationToken.None);
    }

    /// <summary>Publishes many, one after the other, on both nodes in turn.</summary>
    public async Task PublishAsync(NodePair nodes, int count)
    {
        for (var i = 0; i < count; i++)
            await PublishAsync(i % 2 == 0 ? nodes.One : nodes.Other);
    }

    /// <summary>Publishes on both nodes, about every 5 ms, until the returned function is called.</summary>
    public Func<Task> KeepPublishing(NodePair nodes)
    {
        var ends = new CancellationTokenSource();
        var running = Task.WhenAll(new[] { nodes.One, nodes.Other }.Select(node => Task.Run(async () =>
        {
            while (!ends.IsCancellationRequested)
            {
                await PublishAsync(node);
                await Task.Delay(5);
            }
        })));
        return async () =>
        {
            await ends.CancelAsync();
            await running;
        };
    }
}
