using MusicSocial.Realtime.Cluster;

namespace MusicSocial.Realtime.Hubs;

/// <summary>A subscription made when it is first needed, and again when making it failed.</summary>
internal sealed class LazySubscription(ITopicBus bus, string topic, TopicLane lane)
{
    private readonly Lock _lock = new();
    private Task<IAsyncDisposable>? _subscription;

    /// <summary>Completes when everything sent from then on is heard.</summary>
    public Task StandAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_subscription is null or { IsFaulted: true })
                _subscription = SubscribeAsync();
            return _subscription.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Ends the subscription for good.</summary>
    public async ValueTask EndAsync()
    {
        Task<IAsyncDisposable>? subscription;
        lock (_lock)
            subscription = _subscription;
        if (subscription is null)
            return;
        try
        {
            await (await subscription).DisposeAsync();
        }
        catch (Exception) when (subscription.IsFaulted)
        {
            // It never stood; whoever asked for it was told so.
        }
    }

    private async Task<IAsyncDisposable> SubscribeAsync()
    {
        var subscription = await bus.SubscribeAsync(topic, lane, CancellationToken.None);
        await lane.BeginAsync();
        return subscription;
    }
}
