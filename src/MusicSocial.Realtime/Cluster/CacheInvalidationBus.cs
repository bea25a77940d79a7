using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MusicSocial.Realtime.Cluster;

/// <summary>
/// Tells every node of the hub that something it may remember has changed. Rings go through the log like any event, so a node that missed one
/// knows that it did: it then takes everything for changed.
/// </summary>
public sealed partial class CacheInvalidationBus(ITopicBus bus, ITopicLog log, TimeProvider time, ILogger<CacheInvalidationBus> logger)
    : BackgroundService, ITopicListener
{
    private const string Topic = "hub:bell";

    /// <summary>Rings that wait for the log to be there again; with more, everything is taken for changed.</summary>
    private const int MostWaiting = 10_000;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, ImmutableArray<Action<string?>>> _answers = new(StringComparer.Ordinal);
    private readonly Channel<NewEvent> _waiting = Channel.CreateBounded<NewEvent>(MostWaiting);
    private volatile bool _tellAll;
    private string _epoch = "";
    private long _last;

    /// <summary>
    /// Calls <paramref name="changed"/> with the id of whatever of this subject changed, on this node or another; with <c>null</c> when that may be
    /// anything. It must only take note.
    /// </summary>
    public void Subscribe(string subject, Action<string?> changed) =>
        _answers.AddOrUpdate(subject, _ => [changed], (_, others) => others.Add(changed));

    /// <summary>
    /// Tells this node at once and the others as soon as can be. To be called when the change is durable; never fails because the others
    /// cannot be reached: they hear it when they can.
    /// </summary>
    public async ValueTask PublishAsync(string subject, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return;
        }

        Tell(subject, ids);
        var ring = new NewEvent(subject, JsonSerializer.SerializeToElement(ids, WireJson.Options));
        try
        {
            await log.AppendAsync(Topic, ring, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotRung(exception, subject);
            _tellAll |= !_waiting.Writer.TryWrite(ring);
        }
    }

    /// <inheritdoc/>
    public void OnEvent(string topic, string epoch, TopicEvent topicEvent)
    {
        var isNext = epoch == _epoch && topicEvent.Offset == _last + 1;
        var isKnown = epoch == _epoch && topicEvent.Offset <= _last;
        var isFirst = _epoch.Length == 0;
        if (isKnown)
        {
            return;
        }

        (_epoch, _last) = (epoch, topicEvent.Offset);
        if ((isNext || isFirst) && topicEvent.Data.ValueKind == JsonValueKind.Array)
        {
            Tell(topicEvent.Type, topicEvent.Data.Deserialize<string[]>(WireJson.Options)!);
        }
        else
        {
            TellEverything();
        }
    }

    /// <summary>Rings were missed for good: everything may have changed.</summary>
    public void OnReset(string topic, TopicPosition head)
    {
        if (head.Epoch == _epoch && head.Offset <= _last)
        {
            return;
        }

        (_epoch, _last) = (head.Epoch, head.Offset);
        TellEverything();
    }

    /// <inheritdoc/>
    public void OnSignal(string topic, TopicSignal signal)
    {
        // Signals may be lost: nothing that matters is told by one.
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await RetryAsync(async () => _ = await bus.SubscribeAsync(Topic, this, stoppingToken), stoppingToken);
        TellEverything();
        await foreach (var ring in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            var told = _tellAll ? new NewEvent("everything", JsonSerializer.SerializeToElement(0, WireJson.Options)) : ring;
            await RetryAsync(async () => await log.AppendAsync(Topic, told, stoppingToken), stoppingToken);
            _tellAll = false;
        }
    }

    private async Task RetryAsync(Func<Task> attempt, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await attempt();
                return;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                LogNotReached(exception);
                await Task.Delay(RetryAfter, time, cancellationToken);
            }
        }
    }

    private void Tell(string subject, IEnumerable<string> ids)
    {
        if (!_answers.TryGetValue(subject, out var answers))
        {
            return;
        }

        foreach (var id in ids)
        {
            foreach (var answer in answers)
            {
                answer(id);
            }
        }
    }

    private void TellEverything()
    {
        foreach (var answer in _answers.Values.SelectMany(answers => answers))
        {
            answer(null);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The other nodes could not be told about a {Subject}; they are told as soon as can be.")]
    private partial void LogNotRung(Exception exception, string subject);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The bell between the nodes cannot be reached; tried again in a second.")]
    private partial void LogNotReached(Exception exception);
}
