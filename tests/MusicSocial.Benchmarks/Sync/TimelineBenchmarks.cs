using BenchmarkDotNet.Attributes;
using MusicSocial.Sync;

namespace MusicSocial.Benchmarks.Sync;

/// <summary>The one formula everybody computes positions with, and the two ways a timeline changes.</summary>
[MemoryDiagnoser]
public class TimelineBenchmarks
{
    private static readonly HubTime Now = HubTime.FromMs(1_700_000_060_000);

    private readonly Timeline _playing =
        new("track", "item", TimeSpan.FromSeconds(12), HubTime.FromMs(1_700_000_000_000), 1, TimeSpan.FromMinutes(4));

    [Benchmark(Baseline = true)]
    public TimeSpan PositionAt() => _playing.PositionAt(Now);

    [Benchmark]
    public Timeline PausedAt() => _playing.PausedAt(Now);

    [Benchmark]
    public Timeline PlayingFrom() => _playing.PlayingFrom(TimeSpan.FromSeconds(30), Now);
}
