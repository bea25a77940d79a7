using System.Globalization;
using MusicSocial.Lyrics;
using MusicSocial.Lyrics.Tests.Hostile;

namespace MusicSocial.Benchmarks.Lyrics;

/// <summary>
/// What a mebibyte of the worst costs in each format: every hostile input of the tests is read as every format, and the dearest stands
/// beside a mebibyte of ordinary lyrics of that format. Twice the bytes cost twice the time where reading is linear.
/// </summary>
internal static class WorstTable
{
    private const int Runs = 5;
    private const int OrdinaryReads = 50;

    /// <summary>How many of the dearest inputs of a format are measured well.</summary>
    private const int Suspects = 4;

    public static void Print(TextWriter output)
    {
        output.WriteLine("| read as | 1 MiB of ordinary lyrics | 1 MiB of the worst | which | times the ordinary | times half of it |");
        output.WriteLine("|---|--:|--:|---|--:|--:|");
        foreach (var format in Enum.GetValues<LyricFormat>())
        {
            var file = ReadingBenchmarks.Bytes(format.WireName());
            var ordinary = Best(() => Repeat(file, format)) / OrdinaryReads * (LyricLimits.Bytes / (double)file.Length);
            var (name, worst) = Dearest(format);
            var bytes = HostileInputs.All[name];
            var half = Best(() => Read(bytes.AsMemory(0, bytes.Length / 2), format));
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {format.WireName()} | {ordinary.TotalMilliseconds:N1} ms | {worst.TotalMilliseconds:N1} ms | {name} | {worst / ordinary:N2} | {worst / half:N2} |"));
        }
    }

    private static (string Name, TimeSpan Time) Dearest(LyricFormat format) =>
        HostileInputs.All
            .Select(input => (input.Key, Rough: ProcessorTime.Of(() => Read(input.Value, format))))
            .OrderByDescending(input => input.Rough)
            .Take(Suspects)
            .Select(input => (input.Key, Time: Best(() => Read(HostileInputs.All[input.Key], format))))
            .MaxBy(input => input.Time);

    private static TimeSpan Best(Action work) => Enumerable.Range(0, Runs).Min(_ => ProcessorTime.Of(work));

    private static void Repeat(byte[] file, LyricFormat format)
    {
        for (var time = 0; time < OrdinaryReads; time++)
        {
            Read(file, format);
        }
    }

    private static void Read(ReadOnlyMemory<byte> bytes, LyricFormat format)
    {
        try
        {
            GC.KeepAlive(LyricReader.Read(bytes, format));
        }
        catch (LyricRefusedException refused)
        {
            GC.KeepAlive(refused);
        }
    }
}
