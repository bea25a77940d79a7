namespace MusicSocial.Realtime.Clock;

/// <summary>The hub's one clock: monotonic inside a process, aligned over nodes. Rules never read it: they take <c>now</c>.</summary>
public interface IHubClock
{
    /// <summary>The present hub time.</summary>
    HubTime Now { get; }
}

/// <summary>
/// Hub time of a hub that is one process: set by the wall clock once at start, driven by the monotonic timer from then on, so
/// that a stepped or slewed wall clock moves no song.
/// </summary>
internal sealed class ProcessClock(TimeProvider time) : IHubClock
{
    private readonly long _startedAt = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks;
    private readonly long _startStamp = time.GetTimestamp();

    public HubTime Now => new(_startedAt + time.GetElapsedTime(_startStamp).Ticks);
}
