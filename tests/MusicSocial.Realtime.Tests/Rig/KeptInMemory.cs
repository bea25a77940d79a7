using MusicSocial.Realtime.Cluster;

namespace MusicSocial.Realtime.Tests.Rig;

/// <summary>Unsent events that outlive any node of a test.</summary>
internal sealed class KeptInMemory : IUnsentEvents
{
    private readonly Lock _lock = new();
    private readonly List<UnsentEvent> _kept = [];

    public int Count
    {
        get
        {
            lock (_lock)
                return _kept.Count;
        }
    }

    public Task KeepAsync(string topic, NewEvent newEvent, CancellationToken cancellationToken)
    {
        lock (_lock)
            _kept.Add(new($"{Guid.CreateVersion7():n}", topic, newEvent));
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<UnsentEvent>> OldestAsync(int most, CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult<IReadOnlyList<UnsentEvent>>([.. _kept.Take(most)]);
    }

    public Task ForgetAsync(IReadOnlyCollection<UnsentEvent> sent, CancellationToken cancellationToken)
    {
        lock (_lock)
            _kept.RemoveAll(sent.Contains);
        return Task.CompletedTask;
    }
}
