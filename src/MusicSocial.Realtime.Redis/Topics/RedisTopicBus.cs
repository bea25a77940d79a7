using Microsoft.Extensions.Logging;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Redis.Connection;

namespace MusicSocial.Realtime.Redis.Topics;

/// <summary>Joins the nodes: one subscription for each topic followed here, however many listen.</summary>
internal sealed class RedisTopicBus(
    RedisConnection connection, TopicStore store, TimeProvider time, RealtimeMetrics metrics, ILogger<RedisTopicBus> logger) : ITopicBus
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Seat> _seats = new(StringComparer.Ordinal);

    /// <summary>The topics listened to on this node.</summary>
    public TopicLane[] Lanes
    {
        get
        {
            lock (_lock)
                return [.. _seats.Values.Select(seat => seat.Lane)];
        }
    }

    public async ValueTask<IAsyncDisposable> SubscribeAsync(string topic, ITopicListener listener, CancellationToken cancellationToken)
    {
        Seat? seat;
        lock (_lock)
        {
            if (!_seats.TryGetValue(topic, out seat))
                _seats.Add(topic, seat = new(new(topic, store, time, metrics, logger)));
            seat.Lane.Add(listener);
        }

        try
        {
            await SettleAsync(seat);
        }
        catch
        {
            seat.Lane.Remove(listener);
            throw;
        }

        return new Subscription(this, seat, listener);
    }

    public async ValueTask SignalAsync(string topic, TopicSignal signal, CancellationToken cancellationToken)
    {
        try
        {
            await connection.PublishAsync(store.ChannelOf(topic), TopicText.Doorbell(signal), cancellationToken);
        }
        catch (RefusedException)
        {
            // The others miss it, which a signal may; this node need not.
            Find(topic)?.OnSignal(signal);
        }
    }

    /// <summary>The lane of a topic listened to here.</summary>
    public TopicLane? Find(string topic)
    {
        lock (_lock)
            return _seats.GetValueOrDefault(topic)?.Lane;
    }

    // Subscribing and unsubscribing take turns: the library may not mix them up.
    private async Task SettleAsync(Seat seat)
    {
        await seat.Turn.WaitAsync();
        try
        {
            if (seat.Lane.HasListeners && !seat.IsTaken)
            {
                await connection.ListenAsync(store.ChannelOf(seat.Lane.Topic), seat.Lane.OnBell, CancellationToken.None);
                seat.IsTaken = true;
                await seat.Lane.BeginAsync();
            }
            else if (!seat.Lane.HasListeners && seat.IsTaken)
            {
                await connection.UnlistenAsync(store.ChannelOf(seat.Lane.Topic));
                seat.IsTaken = false;
            }
        }
        finally
        {
            seat.Turn.Release();
        }

        lock (_lock)
        {
            if (!seat.Lane.HasListeners && !seat.IsTaken && _seats.GetValueOrDefault(seat.Lane.Topic) == seat)
                _seats.Remove(seat.Lane.Topic);
        }
    }

    private sealed class Seat(TopicLane lane)
    {
        public TopicLane Lane { get; } = lane;

        public SemaphoreSlim Turn { get; } = new(1);

        public bool IsTaken { get; set; }
    }

    private sealed class Subscription(RedisTopicBus bus, Seat seat, ITopicListener listener) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            seat.Lane.Remove(listener);
            await bus.SettleAsync(seat);
        }
    }
}
