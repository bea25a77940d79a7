using Microsoft.Extensions.Logging;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Topics;

namespace MusicSocial.Realtime.Hubs;

/// <summary>
/// Takes the events of one topic off the bus and handles each once, in order, one at a time, on the thread pool. When the numbering was
/// interrupted - this node went on by itself while the backplane was away - what was missed is read from the log.
/// </summary>
internal sealed partial class TopicLane(string topic, ITopicLog log, Action<TopicEvent> handle, ILogger logger) : ITopicListener, IThreadPoolWorkItem
{
    private readonly Lock _lock = new();
    private readonly Queue<Turn> _waiting = new();
    private TopicPosition? _position;

    // Where it stood when the present numbering interrupted another, and what it was handed since.
    private TopicPosition? _interruptedAt;
    private HashSet<string> _seen = new(StringComparer.Ordinal);
    private bool _isRunning;

    /// <summary>Finds out where the topic stands, once the subscription does.</summary>
    public async Task BeginAsync()
    {
        var head = (await log.ReadAsync(topic, since: null, CancellationToken.None)).Head;
        lock (_lock)
            _position ??= head;
    }

    public void OnEvent(string topic, string epoch, TopicEvent topicEvent)
    {
        lock (_lock)
        {
            if (epoch == _position?.Epoch && topicEvent.Offset <= _position.Offset)
                return;
            if (_interruptedAt is not null)
                _seen.Add(KeyOf(topicEvent));
            _position = new(epoch, topicEvent.Offset);
            Enqueue(new(epoch, topicEvent, null, _seen));
        }
    }

    public void OnReset(string topic, TopicPosition head)
    {
        lock (_lock)
        {
            if (_position is not { } before || (head.Epoch == before.Epoch && head.Offset <= before.Offset))
            {
                _position ??= head;
                return;
            }

            _position = head;
            var stoodAt = _interruptedAt ?? before;
            if (OfflineEpoch.Is(head.Epoch))
            {
                _interruptedAt = stoodAt;
                return;
            }

            // Who came to the topic during the outage has missed nothing before it.
            if (!OfflineEpoch.Is(stoodAt.Epoch))
                Enqueue(new(head.Epoch, null, ContinuedFrom(stoodAt, head), _seen));
            (_interruptedAt, _seen) = (null, new(StringComparer.Ordinal));
        }
    }

    public void OnSignal(string topic, TopicSignal signal)
    {
        // Plain hub messages are all numbered.
    }

    void IThreadPoolWorkItem.Execute() => _ = RunAsync();

    // All that travels here has an id; several answers may share one.
    private static string KeyOf(TopicEvent topicEvent) => $"{topicEvent.Type} {topicEvent.Data.GetProperty("id").GetString()}";

    // Other data than before: what it kept it numbers on from, what it lost it numbers anew.
    private static TopicPosition ContinuedFrom(TopicPosition position, TopicPosition head) =>
        position.Epoch == head.Epoch ? position : new(head.Epoch, position.Offset <= head.Offset ? position.Offset : 0);

    private void Enqueue(Turn turn)
    {
        _waiting.Enqueue(turn);
        if (_isRunning)
            return;
        _isRunning = true;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private async Task RunAsync()
    {
        while (Next() is { } turn)
        {
            if (turn.Event is { } next)
                Handle(next);
            else
                await FillAsync(turn);
        }
    }

    private Turn? Next()
    {
        lock (_lock)
        {
            _isRunning = _waiting.TryDequeue(out var next);
            return next;
        }
    }

    private async Task FillAsync(Turn turn)
    {
        try
        {
            var missed = await log.ReadAsync(topic, turn.Since, CancellationToken.None);
            if (!missed.Recovered)
                LogLost(topic, turn.Since!);
            foreach (var topicEvent in missed.Events.Where(topicEvent => IsNew(topicEvent, turn, missed.Head.Epoch)))
                Handle(topicEvent);
        }
        catch (Exception exception)
        {
            LogFailed(exception, turn.Since!.Offset, topic);
        }
    }

    /// <summary>Whether it was not handed over under another numbering, and will not be heard again under this one.</summary>
    private bool IsNew(TopicEvent topicEvent, Turn turn, string epoch)
    {
        lock (_lock)
        {
            if (turn.Seen.Contains(KeyOf(topicEvent)))
                return false;
            if (epoch == _position?.Epoch && topicEvent.Offset > _position.Offset)
                _position = _position with { Offset = topicEvent.Offset };
            return !_waiting.Any(waiting => waiting.Epoch == epoch && waiting.Event?.Offset == topicEvent.Offset);
        }
    }

    private void Handle(TopicEvent topicEvent)
    {
        try
        {
            handle(topicEvent);
        }
        catch (Exception exception)
        {
            LogFailed(exception, topicEvent.Offset, topic);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Hub messages of {Topic} after {Position} are lost: they are not retained any more.")]
    private partial void LogLost(string topic, TopicPosition position);

    [LoggerMessage(Level = LogLevel.Error, Message = "What follows offset {Offset} of {Topic} could not be handled.")]
    private partial void LogFailed(Exception exception, long offset, string topic);

    /// <summary>An event to handle, or what was missed since a position, without what was seen.</summary>
    private sealed record Turn(string Epoch, TopicEvent? Event, TopicPosition? Since, HashSet<string> Seen);
}
