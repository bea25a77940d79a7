using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime;
using MusicSocial.Realtime.RateLimiting;
using MusicSocial.Server.Api;
using MusicSocial.Server.Limits;

namespace MusicSocial.Server.Hubs;

/// <summary>Bounds how many hub calls one connection may make; one that keeps flooding after its refusals is cut off.</summary>
internal sealed class HubFloodGuard(IOptions<LimitOptions> options, TimeProvider time, RealtimeMetrics metrics)
{
    private sealed class Meter
    {
        public LeakyBucket Calls;

        public int RefusedInARow { get; set; }
    }

    public void Count(HubCallerContext connection)
    {
        // Calls of one connection run one at a time, so its meter needs no lock.
        var meter = (Meter)(connection.Items[typeof(Meter)] ??= new Meter());
        var limit = options.Value.HubCalls;
        var retryAfter = meter.Calls.TakeCall(limit.PerSecond, limit.Burst, time);
        if (retryAfter is null)
        {
            meter.RefusedInARow = 0;
            return;
        }

        metrics.Refused("hub");
        if (++meter.RefusedInARow > options.Value.RefusedCallsBeforeAbort)
            connection.Abort();
        throw new RefusedException(Refusals.RateLimited(retryAfter.Value));
    }
}
