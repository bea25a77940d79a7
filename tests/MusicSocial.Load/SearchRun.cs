using System.Diagnostics;
using System.Net.Http.Json;

namespace MusicSocial.Load;

/// <summary>How fast 100,000 tagged files become a catalog, and how long a page of search takes in it.</summary>
internal static class SearchRun
{
    private const int Tracks = 100_000;
    private const int Requests = 100;

    private static readonly string[] Queries =
        ["", "a", "moon", "moon river", "moon river gold", "the", "the a s", "silver 4242", "99999", "桜", "の歌", "no such words here"];

    public static async Task MeasureAsync(Report report)
    {
        var folder = Directory.CreateTempSubdirectory("musicsocial-load-").FullName;
        var music = Path.Combine(folder, "music");
        await TaggedLibrary.WriteAsync(music, Tracks);

        // Our own WAV reader: what is measured is the catalog, not how fast this machine starts ffprobe.
        var watch = Stopwatch.StartNew();
        await using (var hub = await MeasuredHub.StartAsync(folder, music, "--Catalog:Ffprobe", "none"))
        {
            while ((await PageAsync(hub, Address((Tracks - 1).ToString(), null))).Items.Count == 0)
                await Task.Delay(500);
            report.Add($"scan of {Tracks:N0} new WAV files", $"{Tracks / watch.Elapsed.TotalSeconds:F0} files/s", $"{hub.ResidentMiB:F0} MiB resident after it");
            await SearchAsync(report, hub);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task SearchAsync(Report report, MeasuredHub hub)
    {
        await TimeAsync(hub, () => "/healthz", _ => { });
        var reference = await TimeAsync(hub, () => "/healthz", _ => { });
        foreach (var query in Queries)
        {
            var results = 0;
            var time = await TimeAsync(hub, () => Address(query, null), page => results = page?.Items.Count ?? 0);
            report.Add($"search of {Tracks:N0} tracks for \"{query}\"", Show(time), $"{results} on the page; /healthz {reference.Median:F2} ms");
        }

        string? cursor = null;
        var deep = await TimeAsync(hub, () => Address("the", cursor), page => cursor = page?.Next);
        report.Add($"{Requests} pages of \"the\" in a row", Show(deep));
    }

    private static string Show((double Median, double P99) time) => $"{time.Median:F2} ms (p99 {time.P99:F2})";

    private static string Address(string query, string? cursor) => $"/api/tracks?query={Uri.EscapeDataString(query)}&cursor={cursor}";

    private static async Task<Page<Track>> PageAsync(MeasuredHub hub, string address) =>
        (await hub.Http.GetFromJsonAsync<Page<Track>>(address, WireJson.Options))!;

    private static async Task<(double Median, double P99)> TimeAsync(MeasuredHub hub, Func<string> address, Action<Page<Track>?> use)
    {
        var times = new List<double>();
        for (var i = 0; i < Requests; i++)
        {
            var watch = Stopwatch.StartNew();
            using var answer = await hub.Http.GetAsync(address());
            await answer.Content.LoadIntoBufferAsync();
            times.Add(watch.Elapsed.TotalMilliseconds);
            use(answer.Content.Headers.ContentType?.MediaType == "application/json" ? await answer.Content.ReadFromJsonAsync<Page<Track>>(WireJson.Options) : null);
        }

        return (Report.Median(times), Report.Percentile(times, 0.99));
    }
}
