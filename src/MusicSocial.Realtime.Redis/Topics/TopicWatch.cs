using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using MusicSocial.Realtime.Background;
using MusicSocial.Realtime.Redis.Connection;

namespace MusicSocial.Realtime.Redis.Topics;

/// <summary>
/// Sees to it that no followed topic stands still unnoticed: looks at all of them when messages may have been missed, at quiet ones
/// every few seconds, and takes topics back to Redis when it has returned.
/// </summary>
internal sealed class TopicWatch : SupervisedService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    /// <summary>Subscriptions come back one after another: what falls between two of them is found by looking again.</summary>
    private static readonly TimeSpan LooksAgainFor = TimeSpan.FromSeconds(2.5);

    private static readonly ParallelOptions Together = new() { MaxDegreeOfParallelism = 128 };

    private readonly Channel<bool> _doubts = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly RedisTopicBus _bus;
    private readonly OfflineTopics _away;
    private readonly RedisConnection _connection;

    public TopicWatch(RedisTopicBus bus, OfflineTopics away, RedisConnection connection, TimeProvider time, ILogger<TopicWatch> logger)
        : base(time, logger)
    {
        (_bus, _away, _connection) = (bus, away, connection);
        connection.Doubted += (_, _) => _doubts.Writer.TryWrite(true);
    }

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        using var rounds = new PeriodicTimer(Round, Time);
        var tick = rounds.WaitForNextTickAsync(stoppingToken).AsTask();
        long? doubtedAt = null;
        while (true)
        {
            var doubt = _doubts.Reader.WaitToReadAsync(stoppingToken).AsTask();
            await await Task.WhenAny(tick, doubt);
            if (_doubts.Reader.TryRead(out _))
                doubtedAt = Time.GetTimestamp();
            await LookAsync(everywhere: doubtedAt is { } at && Time.GetElapsedTime(at) < LooksAgainFor);
            if (tick.IsCompleted)
                tick = rounds.WaitForNextTickAsync(stoppingToken).AsTask();
        }
    }

    private async Task LookAsync(bool everywhere)
    {
        if (!_connection.IsUp)
            return;
        await Parallel.ForEachAsync(_away.Names, Together, async (topic, _) => await _away.ReturnAsync(topic));
        var deliveries = _bus.Deliveries.Where(delivery => everywhere || delivery.IsQuiet);
        await Parallel.ForEachAsync(deliveries, Together, async (delivery, _) => await delivery.CheckAsync());
    }
}
