using BenchmarkDotNet.Attributes;
using MusicSocial.Lyrics;

namespace MusicSocial.Benchmarks.Lyrics;

/// <summary>What driving cues costs per track and moment: building the index once, then looking up.</summary>
[MemoryDiagnoser]
public class LookupBenchmarks
{
    private readonly ActiveLines _active = new(LyricFiles.Sheet, 3_000_000);

    [Benchmark]
    public ActiveLines Build() => new(LyricFiles.Sheet, 3_000_000);

    [Benchmark]
    public LyricMoment At() => _active.At(1_501_000);

    [Benchmark]
    public int? NextChangeAfter() => _active.NextChangeAfter(1_501_000);
}
