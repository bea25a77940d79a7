using System.Diagnostics;
using System.Numerics;

namespace MusicSocial.Load.Generator;

/// <summary>A histogram of durations: buckets 1.6 % wide from nanoseconds to minutes, so that recording costs two additions and nothing is averaged away.</summary>
internal sealed class Latencies
{
    private const int StepBits = 6;
    private const int Steps = 1 << StepBits;

    private readonly long[] _counts = new long[Steps * (64 - StepBits)];

    public long Count { get; private set; }

    /// <summary>Records ticks of the stopwatch; what came before its time counts as no time.</summary>
    public void Record(long ticks)
    {
        Count++;
        _counts[BucketOf(Math.Max(0, ticks))]++;
    }

    /// <summary>Milliseconds that <paramref name="share"/> of the recorded do not exceed; 0 when nothing was recorded.</summary>
    public double QuantileMs(double share)
    {
        var rank = (long)Math.Ceiling(Count * share);
        for (var bucket = 0; bucket < _counts.Length && rank > 0; bucket++)
        {
            rank -= _counts[bucket];
            if (rank <= 0)
                return UpperEndOf(bucket) * 1000.0 / Stopwatch.Frequency;
        }

        return 0;
    }

    public void Clear()
    {
        Array.Clear(_counts);
        Count = 0;
    }

    private static int BucketOf(long value)
    {
        var exponent = 63 - BitOperations.LeadingZeroCount((ulong)value | Steps);
        var shift = exponent - StepBits;
        return (shift * Steps) + (int)(value >> shift);
    }

    private static long UpperEndOf(int bucket)
    {
        var shift = Math.Max(0, (bucket / Steps) - 1);
        return ((long)(bucket - (shift * Steps)) << shift) + (1L << shift) - 1;
    }
}
