using System.Diagnostics;

namespace MusicSocial.Benchmarks.Lyrics;

/// <summary>What work costs on a machine that does other things too.</summary>
internal static class ProcessorTime
{
    public static TimeSpan Of(Action work)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        work();
        process.Refresh();
        return process.TotalProcessorTime - before;
    }
}
