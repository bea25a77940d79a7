using MusicSocial.Realtime.RateLimiting;

namespace MusicSocial.Realtime.Cluster;

/// <summary>The limits of a hub that is one process.</summary>
internal sealed class InProcessRateLimitStore(TimeProvider time) : IRateLimitStore
{
    private readonly KeyedRateLimiter _meters = new(time);

    public ValueTask<TimeSpan?> TakeAsync(string name, double perSecond, int burst, CancellationToken cancellationToken) =>
        new(_meters.Take(name, perSecond, burst));

    public ValueTask ForgetAsync(string name, CancellationToken cancellationToken)
    {
        _meters.Forget(name);
        return default;
    }
}
