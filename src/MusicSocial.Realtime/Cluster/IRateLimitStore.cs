using MusicSocial.Realtime.RateLimiting;

namespace MusicSocial.Realtime.Cluster;

/// <summary>
/// Limits that hold over all nodes together, for what must not be had more often by asking elsewhere: guesses, accounts. Asking may cost a round
/// trip; floods are kept out by each node for itself (<see cref="RateLimiting.KeyedRateLimiter"/>).
/// </summary>
public interface IRateLimitStore
{
    /// <summary>Takes one call; null when it conforms, otherwise how long to wait until it would. While the backplane is away each node counts for itself.</summary>
    /// <param name="name">What is counted and whose, e.g. <c>sign-in ann 192.0.2.1</c>.</param>
    /// <param name="perSecond">Sustained calls a second.</param>
    /// <param name="burst">Calls that may come at once after a pause.</param>
    /// <param name="cancellationToken">Gives up waiting; the call may have been taken.</param>
    ValueTask<TimeSpan?> TakeAsync(string name, double perSecond, int burst, CancellationToken cancellationToken);

    /// <summary>Begins to count anew: what was counted turned out to be harmless.</summary>
    ValueTask ForgetAsync(string name, CancellationToken cancellationToken);
}

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
