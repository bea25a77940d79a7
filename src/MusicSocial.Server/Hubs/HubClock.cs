using MusicSocial.Realtime.Clock;
using MusicSocial.Sync;

namespace MusicSocial.Server.Hubs;

/// <summary>The process clock as hub time, until the realtime library brings its own.</summary>
internal sealed class HubClock(TimeProvider time) : IHubClock
{
    public HubTime Now => new(time.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks);
}
