using Microsoft.Extensions.Time.Testing;

namespace MusicSocial.TestRig;

/// <summary>Time that stands still until a test moves it; timers fire on the moving thread.</summary>
internal sealed class ManualTime() : FakeTimeProvider(new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero))
{
    private long _skippedTicks;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Volatile.Read(ref _skippedTicks));

    public override long GetTimestamp() => base.GetTimestamp() + Volatile.Read(ref _skippedTicks);

    /// <summary>Moves time without running timers, like a machine that slept: for spans in which a second's timer would fire millions of times.</summary>
    public void Jump(TimeSpan span) => Interlocked.Add(ref _skippedTicks, span.Ticks);
}
