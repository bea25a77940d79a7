namespace MusicSocial.Realtime.Background;

/// <summary>Work that is due about once a second and may wait for other systems: drop what is idle, unsubscribe. Run by <see cref="MaintenanceLoop"/>.</summary>
internal interface IPeriodicTask
{
    /// <summary>Does what is due now; never called while the previous call still runs.</summary>
    ValueTask RunAsync(CancellationToken cancellationToken);
}

/// <summary>
/// Work that clients and other nodes take as a sign of life: pings, leases, aborting stalled connections. Run by <see cref="HeartbeatLoop"/>, so it must never
/// wait for anything but a turn on the thread pool.
/// </summary>
internal interface IHeartbeat
{
    /// <summary>Does what is due now; never called while the previous call still runs.</summary>
    ValueTask BeatAsync(CancellationToken cancellationToken);
}
