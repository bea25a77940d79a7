using System.Collections.Concurrent;
using MusicSocial.Realtime.Cluster;

namespace MusicSocial.Realtime.Tests.Cluster;

/// <summary>A log and a bus whose answers a test decides.</summary>
internal sealed class FakeCluster : ITopicLog, ITopicBus
{
    private const string Epoch = "fake";
    private int _subscriptions;

    /// <summary>Runs before an append counts; throws or waits to let it fail or wait.</summary>
    public Func<NewEvent, Task> OnAppend { get; set; } = _ => Task.CompletedTask;

    /// <summary>Answers every read.</summary>
    public Func<TopicPosition?, Task<TopicSlice>> OnRead { get; set; } = _ => Task.FromResult(new TopicSlice(new(Epoch, 0), Recovered: false, []));

    public ConcurrentQueue<NewEvent> Appended { get; } = new();

    public int Reads { get; private set; }

    /// <summary>Subscriptions that were made and not disposed.</summary>
    public int Subscriptions => Volatile.Read(ref _subscriptions);

    public async ValueTask<(string Epoch, TopicEvent Event)> AppendAsync(string topic, NewEvent newEvent, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await OnAppend(newEvent);
        Appended.Enqueue(newEvent);
        return (Epoch, new(Appended.Count, newEvent.Type, 0, newEvent.Data));
    }

    public async ValueTask<TopicSlice> ReadAsync(string topic, TopicPosition? since, CancellationToken cancellationToken)
    {
        Reads++;
        return await OnRead(since);
    }

    public ValueTask<IAsyncDisposable> SubscribeAsync(string topic, ITopicListener listener, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _subscriptions);
        return new(new Subscription(this));
    }

    public ValueTask SignalAsync(string topic, TopicSignal signal, CancellationToken cancellationToken) => default;

    private sealed class Subscription(FakeCluster cluster) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            Interlocked.Decrement(ref cluster._subscriptions);
            return default;
        }
    }
}
