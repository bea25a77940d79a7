using BenchmarkDotNet.Attributes;
using MusicSocial.Lyrics;

namespace MusicSocial.Benchmarks.Lyrics;

/// <summary>The scanner against regular expressions, on the same enhanced LRC of 1,000 lines and 2,000 words.</summary>
[MemoryDiagnoser]
public class RegexComparisonBenchmarks
{
    private readonly byte[] _bytes = LyricFiles.Write(LyricOutput.EnhancedLrc);

    [Benchmark(Baseline = true)]
    public LyricSheet Scanner() => LyricReader.Read(_bytes, LyricFormat.EnhancedLrc);

    [Benchmark]
    public object RegularExpressions() => RegexLrcParser.Parse(_bytes);
}
