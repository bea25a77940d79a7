using System.Diagnostics;

namespace MusicSocial.Load;

/// <summary>From the start of the process to the first request it calls itself ready for, on an empty and on a used data folder.</summary>
internal static class StartRun
{
    private const int Runs = 5;

    public static async Task MeasureAsync(Report report)
    {
        var empty = new List<double>();
        var used = new List<double>();
        for (var i = 0; i < Runs; i++)
        {
            var folder = Directory.CreateTempSubdirectory("musicsocial-load-").FullName;
            empty.Add(await OnceAsync(folder));
            used.Add(await OnceAsync(folder));
            Directory.Delete(folder, recursive: true);
        }

        var reference = Stopwatch.StartNew();
        using (var runtime = Process.Start(new ProcessStartInfo("dotnet", "--version") { UseShellExecute = false, RedirectStandardOutput = true })!)
            await runtime.WaitForExitAsync();
        report.Add("start to ready, empty folder", $"{Report.Median(empty):F0} ms", $"`dotnet --version`: {reference.ElapsedMilliseconds} ms");
        report.Add("start to ready, existing folder", $"{Report.Median(used):F0} ms");
    }

    private static async Task<double> OnceAsync(string folder)
    {
        var watch = Stopwatch.StartNew();
        await using var hub = await MeasuredHub.StartAsync(folder);
        using var answer = await hub.Http.GetAsync("/readyz");
        answer.EnsureSuccessStatusCode();
        return watch.Elapsed.TotalMilliseconds;
    }
}
