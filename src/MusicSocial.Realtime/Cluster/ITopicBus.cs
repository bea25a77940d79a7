namespace MusicSocial.Realtime.Cluster;

/// <summary>
/// Receives what happens to one topic, in order, one call at a time, often under the log's or the bus's lock of that topic. A call must not throw, wait, or call
/// the log: it takes note, or writes to sockets what they accept at once (see <see cref="Topics.FlushScheduler"/>).
/// </summary>
public interface ITopicListener
{
    /// <summary>An event was appended, on this node or another.</summary>
    void OnEvent(string topic, string epoch, TopicEvent topicEvent);

    /// <summary>
    /// The topic stands at <paramref name="head"/> and cannot be continued from where the listener stood: the numbering restarted, or
    /// events are missing for good. Nothing to a listener that has everything up to there.
    /// </summary>
    void OnReset(string topic, TopicPosition head);

    /// <summary>A signal was sent, on this node or another.</summary>
    void OnSignal(string topic, TopicSignal signal);
}

/// <summary>Carries what happens to a topic to every node that follows it.</summary>
public interface ITopicBus
{
    /// <summary>
    /// From the moment the task completes, everything appended or signalled reaches the listener; dispose to stop. What a bus between nodes has to leave
    /// out it announces with <see cref="ITopicListener.OnReset"/>.
    /// </summary>
    ValueTask<IAsyncDisposable> SubscribeAsync(string topic, ITopicListener listener, CancellationToken cancellationToken);

    /// <summary>Sends a signal to every node following the topic. May be lost; never late on purpose.</summary>
    ValueTask SignalAsync(string topic, TopicSignal signal, CancellationToken cancellationToken);
}
