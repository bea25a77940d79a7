using System.Collections.Concurrent;
using MusicSocial.Client.Connection;

namespace MusicSocial.Client.Topics;

/// <summary>Every topic this client follows, over the connection of the moment.</summary>
internal sealed class FollowedTopics(MusicSocialClientOptions options, Action<HubSocket> opened) : IHubListener
{
    private readonly ConcurrentDictionary<string, TopicSubscription> _followed = new(StringComparer.Ordinal);
    private readonly Lock _opening = new();
    private HubSocket? _socket;

    /// <summary>The socket of the moment, open or not any more.</summary>
    public HubSocket? Socket => Volatile.Read(ref _socket);

    public async Task<TopicSubscription> FollowAsync(FollowRequest request, CancellationToken cancellationToken)
    {
        var subscription = new TopicSubscription(request, left => LeftAsync(left, request.LeaveAsync), options);
        lock (_opening)
        {
            if (!_followed.TryAdd(request.Topic, subscription))
                throw new InvalidOperationException($"{request.Topic} is followed already.");
            if (_socket is { } socket)
                subscription.OnOpened(socket);
        }

        try
        {
            await subscription.Followed.WaitAsync(cancellationToken);
            return subscription;
        }
        catch
        {
            await subscription.DisposeAsync();
            throw;
        }
    }

    public void OnOpened(HubSocket socket)
    {
        lock (_opening)
        {
            _socket = socket;
            foreach (var subscription in _followed.Values)
                subscription.OnOpened(socket);
        }

        opened(socket);
    }

    public void OnFrame(HubSocket socket, Frame frame) => Receive(frame.Topic, new TopicMessage(socket, frame));

    public void OnGap(HubSocket socket, Gap gap) => Receive(gap.Topic, new TopicMessage(socket, null));

    public void OnSignals(SignalBatch batch)
    {
        if (!_followed.TryGetValue(batch.Topic, out var subscription))
            return;
        foreach (var signal in batch.Signals)
            subscription.ReceiveSignal(signal);
    }

    /// <summary>Ends every subscription without telling the hub: the connection is closed with them.</summary>
    public async Task StopAsync()
    {
        foreach (var subscription in _followed.Values)
            await subscription.StopAsync();
        _followed.Clear();
    }

    private void Receive(string topic, TopicMessage message)
    {
        if (_followed.TryGetValue(topic, out var subscription))
            subscription.Receive(message);
    }

    private Task LeftAsync(TopicSubscription left, Func<Task> leave) =>
        _followed.TryRemove(KeyValuePair.Create(left.Topic, left)) ? leave() : Task.CompletedTask;
}
