using BenchmarkDotNet.Attributes;
using MusicSocial.Lyrics;

namespace MusicSocial.Benchmarks.Lyrics;

/// <summary>Reading 1,000 lines of 2,000 words, from bytes to the model, the format being told.</summary>
[MemoryDiagnoser]
[Config(typeof(ThroughputConfig))]
public class ReadingBenchmarks
{
    private byte[] _bytes = [];
    private LyricFormat _format;

    public static IReadOnlyList<string> Formats { get; } = ["lrc", "elrc", "ttml", "vtt", "srt", "yrc", "lyricsfile"];

    [ParamsSource(nameof(Formats))]
    public string Format { get; set; } = "lrc";

    [GlobalSetup]
    public void Write()
    {
        _bytes = Bytes(Format);
        _format = LyricFormats.FromWireName(Format)!.Value;
    }

    [Benchmark]
    public LyricSheet Read() => LyricReader.Read(_bytes, _format);

    internal static byte[] Bytes(string format) => format switch
    {
        "srt" => LyricFiles.Srt(),
        "yrc" => LyricFiles.Yrc(),
        "qrc" => LyricFiles.Qrc(),
        "krc" => LyricFiles.Krc(),
        "text" => LyricFiles.Text(),
        "sylt" => LyricFiles.Id3(),
        "lyricsfile" => LyricFiles.Lyricsfile(),
        _ => LyricFiles.Write(LyricOutputs.FromWireName(format == "eslrc" ? "elrc" : format)!.Value),
    };
}
