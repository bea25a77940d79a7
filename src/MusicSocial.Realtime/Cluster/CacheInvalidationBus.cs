using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using MusicSocial.Realtime.Background;

namespace MusicSocial.Realtime.Cluster;

/// <summary>
/// Tells every node that something it may have cached has changed. Invalidations go through the log like any event, so a node that missed one
/// notices the hole in the numbering, and drops everything it cached.
/// </summary>
public sealed partial class CacheInvalidationBus(ITopicBus bus, ITopicLog log, TimeProvider time, ILogger<CacheInvalidationBus> logger)
    : SupervisedService(time, logger), ITopicListener
{
    // The name nodes of every version share.
    private const string Topic = "hub:bell";
    private const string Everything = "everything";

    /// <summary>Invalidations kept while the log cannot be reached; with more, one that concerns everything takes their place.</summary>
    private const int MaxWaiting = 10_000;

    private readonly ConcurrentDictionary<string, ImmutableArray<Action<string?>>> _subscribers = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly Queue<NewEvent> _waiting = new();
    private readonly SemaphoreSlim _hasWaiting = new(0);
    private bool _hasOverflowed;
    private string _epoch = "";
    private long _last;

    /// <summary>
    /// Calls <paramref name="changed"/> with the id of whatever of this subject changed, on this node or another; with <c>null</c> when that may be
    /// anything. It must only take note.
    /// </summary>
    public void Subscribe(string subject, Action<string?> changed) =>
        _subscribers.AddOrUpdate(subject, _ => [changed], (_, others) => others.Add(changed));

    /// <summary>
    /// Notifies this node at once and the others as soon as they can be reached. To be called when the change is durable: it cannot be cancelled, and it never
    /// fails because the log cannot be reached; the invalidation then waits.
    /// </summary>
    public async ValueTask PublishAsync(string subject, IReadOnlyCollection<string> ids)
    {
        if (ids.Count == 0)
            return;
        Notify(subject, ids);
        var invalidation = new NewEvent(subject, JsonSerializer.SerializeToElement(ids, WireJson.Options));
        try
        {
            await log.AppendAsync(Topic, invalidation, CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogQueued(exception, subject);
            Enqueue(invalidation);
        }
    }

    /// <inheritdoc/>
    public void OnEvent(string topic, string epoch, TopicEvent topicEvent)
    {
        var isNext = epoch == _epoch && topicEvent.Offset == _last + 1;
        var isKnown = epoch == _epoch && topicEvent.Offset <= _last;
        var isFirst = _epoch.Length == 0;
        if (isKnown)
            return;
        (_epoch, _last) = (epoch, topicEvent.Offset);
        if ((isNext || isFirst) && topicEvent.Data.ValueKind == JsonValueKind.Array)
            Notify(topicEvent.Type, topicEvent.Data.Deserialize<string[]>(WireJson.Options)!);
        else
            NotifyOfEverything();
    }

    /// <summary>Invalidations were missed for good: everything may have changed.</summary>
    public void OnReset(string topic, TopicPosition head)
    {
        if (head.Epoch == _epoch && head.Offset <= _last)
            return;
        (_epoch, _last) = (head.Epoch, head.Offset);
        NotifyOfEverything();
    }

    /// <inheritdoc/>
    public void OnSignal(string topic, TopicSignal signal)
    {
        // Signals may be lost, so no invalidation is one.
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        await using var subscription = await RetryAsync(() => bus.SubscribeAsync(Topic, this, stoppingToken), stoppingToken);
        NotifyOfEverything();
        while (true)
        {
            await _hasWaiting.WaitAsync(stoppingToken);
            if (Dequeue() is { } invalidation)
                await RetryAsync(() => log.AppendAsync(Topic, invalidation, stoppingToken), stoppingToken);
        }
    }

    private void Enqueue(NewEvent invalidation)
    {
        lock (_lock)
        {
            if (_hasOverflowed)
                return;
            _hasOverflowed = _waiting.Count >= MaxWaiting;
            if (_hasOverflowed)
                _waiting.Clear();
            else
                _waiting.Enqueue(invalidation);
        }

        _hasWaiting.Release();
    }

    /// <summary>The next invalidation; null when one that concerns everything has taken its place.</summary>
    private NewEvent? Dequeue()
    {
        lock (_lock)
        {
            if (!_hasOverflowed)
                return _waiting.TryDequeue(out var next) ? next : null;
            // Enqueued from now on: what changes after the other nodes have dropped everything.
            _hasOverflowed = false;
            return new NewEvent(Everything, JsonSerializer.SerializeToElement(0, WireJson.Options));
        }
    }

    private async Task<T> RetryAsync<T>(Func<ValueTask<T>> attempt, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await attempt();
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                LogRetrying(exception, RestartDelay);
                await Task.Delay(RestartDelay, Time, cancellationToken);
            }
        }
    }

    private void Notify(string subject, IEnumerable<string> ids)
    {
        if (!_subscribers.TryGetValue(subject, out var subscribers))
            return;
        foreach (var id in ids)
        {
            foreach (var subscriber in subscribers)
                Notify(subscriber, subject, id);
        }
    }

    private void NotifyOfEverything()
    {
        foreach (var (subject, subscribers) in _subscribers)
        {
            foreach (var subscriber in subscribers)
                Notify(subscriber, subject, null);
        }
    }

    private void Notify(Action<string?> subscriber, string subject, string? id)
    {
        try
        {
            subscriber(id);
        }
        catch (Exception exception)
        {
            LogSubscriberFailed(exception, subject, id);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The other nodes were not notified of a changed {Subject}, because the log cannot be reached; the invalidation is sent when it can.")]
    private partial void LogQueued(Exception exception, string subject);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Cache invalidations cannot be exchanged between nodes; the next attempt is in {Delay}.")]
    private partial void LogRetrying(Exception exception, TimeSpan delay);

    [LoggerMessage(Level = LogLevel.Error, Message = "A cache of {Subject} could not drop {Id} and may be stale until its entries expire or this node restarts.")]
    private partial void LogSubscriberFailed(Exception exception, string subject, string? id);
}
