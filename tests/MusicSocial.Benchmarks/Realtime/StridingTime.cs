namespace MusicSocial.Benchmarks.Realtime;

/// <summary>Time that goes on a second at a stride, so that a topic is always quiet.</summary>
internal sealed class StridingTime : TimeProvider
{
    private long _ms;

    public double Ms => _ms;

    public override long TimestampFrequency => 1_000;

    public void Stride() => _ms += 1_000;

    public override long GetTimestamp() => _ms;
}
