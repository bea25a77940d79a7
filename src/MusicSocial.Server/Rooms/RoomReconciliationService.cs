using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Background;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Sync.Commands;

namespace MusicSocial.Server.Rooms;

/// <summary>
/// Decides when a room is reconciled: when leases lapsed or were lost, when a followed room became one that does not agree with the connections here,
/// and when the grace of a lost connection is over. A slow sweep over all awake rooms, by one node at a time, finds what no event told: rooms whose
/// last node died, and a hub that was restarted without its members.
/// </summary>
internal sealed class RoomReconciliationService(
    RoomRepository rooms, RoomMembership membership, RoomObservers observers, RoomReconciler reconciler, RoomKnocks knocks, RoomStore store, ListenerCounts counts,
    IPresence presence, IRateLimitStore limits, IOptions<RoomOptions> options, TimeProvider time, IHostApplicationLifetime host,
    ILogger<RoomReconciliationService> logger)
    : PeriodicService(options.Value.LookEvery, time, logger)
{
    /// <summary>Rooms reconciled at the same time.</summary>
    private const int Parallelism = 16;

    /// <summary>
    /// A followed room without members on this node is reconciled every so many runs: other nodes renew its leases, and no event tells that they
    /// all died.
    /// </summary>
    private const int RunsPerVisit = 5;

    private readonly KeyedWorkQueue _work = new("reconciling rooms", Parallelism, logger);
    private readonly ConcurrentDictionary<string, bool> _again = new();
    private bool _isRecounted;
    private long _swept = time.GetTimestamp();
    private TimeSpan _sweepAfter = options.Value.SweepEvery;
    private int _run;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        presence.Observe(PresenceChanged);
        rooms.Observe(RoomChanged);
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await _work.DisposeAsync();
    }

    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        foreach (var lost in membership.TakeGraceOver())
            _work.Enqueue(lost.RoomId, _ => IsStopping ? Task.CompletedTask : membership.GiveUpAsync(lost));
        foreach (var roomId in membership.TakeUncertain().Concat(_again.Keys.Where(roomId => _again.TryRemove(roomId, out _))))
            Enqueue(roomId);
        _run++;
        foreach (var roomId in rooms.Followed)
            Visit(roomId);
        await RecountAsync(stoppingToken);
        await SweepAsync(stoppingToken);
    }

    // Connections that end because the host stops are not members who leave: they move to another node or come back to the next start.
    private bool IsStopping => host.ApplicationStopping.IsCancellationRequested;

    private void PresenceChanged(string place, IReadOnlyList<string> lapsed)
    {
        if (!place.StartsWith(LiveRoom.TopicOf(""), StringComparison.Ordinal))
            return;
        var roomId = place[LiveRoom.TopicOf("").Length..];
        if (lapsed.Count > 0)
            reconciler.NoteLapsed(roomId, lapsed);
        else
            reconciler.NoteLost(roomId);
        Enqueue(roomId);
    }

    private void RoomChanged(LiveRoom? before, LiveRoom live)
    {
        // A revision that is given a second time: the live state was lost, and perhaps the leases with it.
        if (before is not null && before.Revision >= live.Revision)
            reconciler.NoteLost(live.Id);
        else if (!reconciler.IsNeeded(live.Room))
            return;
        Enqueue(live.Id);
    }

    private void Visit(string roomId)
    {
        if (!observers.IsNeeded(roomId))
            _work.EnqueueLatest(roomId, _ => UnfollowAsync(roomId));
        else if ((uint)(roomId.GetHashCode(StringComparison.Ordinal) + _run) % RunsPerVisit == 0 && reconciler.IsRemote(roomId)
            && rooms.Latest(roomId) is { Room.Vacant: false })
            Enqueue(roomId);
    }

    private async Task UnfollowAsync(string roomId)
    {
        if (await observers.TryUnfollowAsync(roomId))
            reconciler.Forget(roomId);
    }

    private void Enqueue(string roomId) => _work.EnqueueLatest(roomId, cancellationToken => ReconcileAsync(roomId, cancellationToken));

    private Task ReconcileAsync(string roomId, CancellationToken cancellationToken) =>
        ReconcileAsync(roomId, async () => rooms.Latest(roomId) ?? await rooms.FindAsync(roomId, cancellationToken), cancellationToken);

    private async Task ReconcileAsync(string roomId, Func<Task<LiveRoom?>> read, CancellationToken cancellationToken)
    {
        if (IsStopping)
            return;
        try
        {
            if (await read() is { Room.Closed: false } live && await reconciler.ReconcileAsync(live, cancellationToken))
                _again[roomId] = true;
        }
        catch
        {
            _again[roomId] = true;
            throw;
        }
    }

    // What was counted before the hub stopped may not be so any more.
    private async Task RecountAsync(CancellationToken cancellationToken)
    {
        if (_isRecounted)
            return;
        foreach (var roomId in await store.CountedAsync(cancellationToken))
            counts.Changed(roomId);
        _isRecounted = true;
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        if (Time.GetElapsedTime(_swept) < _sweepAfter)
            return;
        // Spread, so that nodes that were started together do not sweep together; and one node at a time is enough.
        (_swept, _sweepAfter) = (Time.GetTimestamp(), options.Value.SweepEvery * (0.75 + (Random.Shared.NextDouble() / 2)));
        if (await limits.TakeAsync("room-sweep", 2 / options.Value.SweepEvery.TotalSeconds, 1, cancellationToken) is not null)
            return;
        await membership.ForgetGuestsAsync(cancellationToken);
        await knocks.ForgetOldAsync(cancellationToken);
        foreach (var roomId in await store.AwakeAsync(cancellationToken))
        {
            _work.EnqueueLatest(roomId, ending => ReconcileAsync(
                roomId, async () => await rooms.ApplyAsync(roomId, new AdvanceTime(), ending), ending));
        }
    }
}
