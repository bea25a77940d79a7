using System.Globalization;
using MusicSocial.Lyrics;

namespace MusicSocial.Benchmarks.Lyrics;

/// <summary>
/// The throughput table in processor time instead of wall clock: the best of several runs, so that neighbours on the
/// machine distort it little.
/// </summary>
internal static class CpuTable
{
    private const int Runs = 7;
    private const int ReadsPerRun = 300;

    public static void Print(TextWriter output)
    {
        output.WriteLine("| read | bytes | processor time | MB/s | allocated |");
        output.WriteLine("|---|--:|--:|--:|--:|");
        foreach (var format in ReadingBenchmarks.Formats)
        {
            var bytes = ReadingBenchmarks.Bytes(format);
            var known = LyricFormats.FromWireName(format);
            Print(output, format, bytes, () => LyricReader.Read(bytes, known));
        }

        var lrc = ReadingBenchmarks.Bytes("lrc");
        var enhanced = ReadingBenchmarks.Bytes("elrc");
        Print(output, "lrc, regular expressions", lrc, () => RegexLrcParser.Parse(lrc));
        Print(output, "elrc, regular expressions", enhanced, () => RegexLrcParser.Parse(enhanced));
    }

    private static void Print(TextWriter output, string name, byte[] bytes, Func<object> read)
    {
        var best = TimeSpan.MaxValue;
        for (var run = 0; run < Runs; run++)
        {
            var spent = ProcessorTime.Of(() => Repeat(read, ReadsPerRun)) / ReadsPerRun;
            best = spent < best ? spent : best;
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Repeat(read, 1);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {bytes.Length:N0} | {best.TotalMicroseconds:N0} us | {bytes.Length / best.TotalMicroseconds:N0} | {allocated / 1024:N0} KB |"));
    }

    private static void Repeat(Func<object> read, int times)
    {
        for (var time = 0; time < times; time++)
        {
            GC.KeepAlive(read());
        }
    }
}
