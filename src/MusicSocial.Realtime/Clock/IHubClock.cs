
namespace MusicSocial.Realtime.Clock;

/// <summary>The hub's one clock: monotonic inside a process, aligned over nodes. Rules never read it: they take <c>now</c>.</summary>
public interface IHubClock
{
    /// <summary>The present hub time.</summary>
    HubTime Now { get; }
}
