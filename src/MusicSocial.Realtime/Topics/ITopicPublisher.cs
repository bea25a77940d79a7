namespace MusicSocial.Realtime.Topics;

/// <summary>Sends events and signals to every follower of a topic, on all nodes.</summary>
public interface ITopicPublisher
{
    /// <summary>Appends a numbered event; <paramref name="data"/> is serialised once with <see cref="WireJson"/>.</summary>
    ValueTask<TopicPosition> PublishAsync<T>(string topic, string type, T data, string? idempotencyKey, CancellationToken cancellationToken);

    /// <summary>Sends a signal to all followers everywhere; the latest of a type wins when a follower is slow.</summary>
    ValueTask SignalAsync<T>(string topic, string type, T data, CancellationToken cancellationToken);

    /// <summary>Adds <paramref name="count"/> to <paramref name="key"/> in the next signal of that type: followers get <c>{key: sum}</c> per tick (reactions).</summary>
    ValueTask TallyAsync(string topic, string type, string key, int count, CancellationToken cancellationToken);
}
