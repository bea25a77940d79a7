using Microsoft.Extensions.Logging;
using MusicSocial.Realtime.Background;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Redis.Connection;

namespace MusicSocial.Realtime.Redis.Topics;

/// <summary>
/// Gives Redis what any node promised while it could not reach it. The node that promised does so itself as soon as it can; one that died, or is
/// still cut off, has it done by the others.
/// </summary>
internal sealed partial class UnsentSweep(
    TopicStore store, RedisConnection connection, TimeProvider time, ILogger<UnsentSweep> logger, IUnsentEvents? unsent = null)
    : PeriodicService(TimeSpan.FromSeconds(1), time, logger)
{
    private const int MostPerRound = 1_000;

    private readonly ILogger _logger = logger;

    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        if (unsent is null || !connection.IsUp)
            return;
        var oldest = await unsent.OldestAsync(MostPerRound, stoppingToken);
        foreach (var topic in oldest.GroupBy(one => one.Topic, StringComparer.Ordinal))
            await SendAsync(unsent, topic, stoppingToken);
    }

    private async Task SendAsync(IUnsentEvents kept, IGrouping<string, UnsentEvent> topic, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var batch in topic.Chunk(OfflineTopics.MostPerBatch))
            {
                await store.AppendAsync(topic.Key, [.. batch.Select(one => one.Event)], cancellationToken);
                await kept.ForgetAsync(batch, cancellationToken);
            }
        }
        catch (RefusedException)
        {
            // Redis went away again.
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotSent(_logger, exception, topic.Key);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Events of topic {Topic} stored during an outage could not be sent; trying again in a second.")]
    private static partial void LogNotSent(ILogger logger, Exception exception, string topic);
}
