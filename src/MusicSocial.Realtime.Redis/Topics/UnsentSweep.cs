using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Redis.Connection;

namespace MusicSocial.Realtime.Redis.Topics;

/// <summary>
/// Gives Redis what any node promised while it could not reach it. The node that promised does so itself as soon as it can; one that died, or is
/// still cut off, has it done by the others.
/// </summary>
internal sealed partial class UnsentSweep(
    TopicStore store, RedisConnection connection, TimeProvider time, ILogger<UnsentSweep> logger, IUnsentEvents? unsent = null) : BackgroundService
{
    private const int MostPerRound = 1_000;

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (unsent is null)
            return;
        using var rounds = new PeriodicTimer(Round, time);
        try
        {
            while (await rounds.WaitForNextTickAsync(stoppingToken))
                await SweepAsync(unsent, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node ends.
        }
    }

    private async Task SweepAsync(IUnsentEvents kept, CancellationToken cancellationToken)
    {
        if (!connection.IsUp)
            return;
        try
        {
            var oldest = await kept.OldestAsync(MostPerRound, cancellationToken);
            foreach (var topic in oldest.GroupBy(one => one.Topic, StringComparer.Ordinal))
                await SendAsync(kept, topic, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotRead(exception);
        }
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
            LogNotSent(exception, topic.Key);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Events stored during an outage of Redis could not be read from the database; trying again in a second.")]
    private partial void LogNotRead(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Events of topic {Topic} stored during an outage could not be sent; trying again in a second.")]
    private partial void LogNotSent(Exception exception, string topic);
}
