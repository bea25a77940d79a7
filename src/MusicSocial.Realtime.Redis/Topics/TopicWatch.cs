using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MusicSocial.Realtime.Redis.Connection;

namespace MusicSocial.Realtime.Redis.Topics;

/// <summary>
/// Sees to it that no followed topic stands still unnoticed: looks at all of them when messages may have been missed, at quiet ones
/// every few seconds, and takes topics back to Redis when it has returned.
/// </summary>
internal sealed partial class TopicWatch : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    /// <summary>Subscriptions come back one after another: what falls between two of them is found by looking again.</summary>
    private static readonly TimeSpan LooksAgainFor = TimeSpan.FromSeconds(2.5);

    private static readonly ParallelOptions Together = new() { MaxDegreeOfParallelism = 128 };

    private readonly Channel<bool> _doubts = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly RedisTopicBus _bus;
    private readonly OfflineTopics _away;
    private readonly RedisConnection _connection;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public TopicWatch(RedisTopicBus bus, OfflineTopics away, RedisConnection connection, TimeProvider time, ILogger<TopicWatch> logger)
    {
        (_bus, _away, _connection, _time, _logger) = (bus, away, connection, time, logger);
        connection.Doubted += (_, _) => _doubts.Writer.TryWrite(true);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var rounds = new PeriodicTimer(Round, _time);
        var tick = rounds.WaitForNextTickAsync(stoppingToken).AsTask();
        long? doubtedAt = null;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                var doubt = _doubts.Reader.WaitToReadAsync(stoppingToken).AsTask();
                await await Task.WhenAny(tick, doubt);
                if (_doubts.Reader.TryRead(out _))
                    doubtedAt = _time.GetTimestamp();
                await LookAsync(everywhere: doubtedAt is { } at && _time.GetElapsedTime(at) < LooksAgainFor);
                if (tick.IsCompleted)
                    tick = rounds.WaitForNextTickAsync(stoppingToken).AsTask();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node ends.
        }
    }

    private async Task LookAsync(bool everywhere)
    {
        if (!_connection.IsUp)
            return;
        try
        {
            await Parallel.ForEachAsync(_away.Names, Together, async (topic, _) => await _away.ReturnAsync(topic));
            var deliveries = _bus.Deliveries.Where(delivery => everywhere || delivery.IsQuiet);
            await Parallel.ForEachAsync(deliveries, Together, async (delivery, _) => await delivery.CheckAsync());
        }
        catch (Exception exception)
        {
            LogFailed(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking after the followed topics failed; it is tried again in a second.")]
    private partial void LogFailed(Exception exception);
}
