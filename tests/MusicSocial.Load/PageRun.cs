using System.Diagnostics;
using System.Net.Http.Json;

namespace MusicSocial.Load;

/// <summary>Time of a page of 50 among 1,000,000 comments on one song, first and deep, in every order; beside a request that reads nothing.</summary>
internal static class PageRun
{
    private const int Requests = 200;

    public static async Task MeasureAsync(Report report)
    {
        var (folder, trackId) = await ManyComments.PrepareAsync();
        await using (var hub = await MeasuredHub.StartAsync(folder))
        {
            await hub.TracksAsync();
            var reference = await TimeAsync(hub, "/healthz");
            foreach (var order in new[] { "newest", "oldest", "position", "hot" })
            {
                var url = $"/api/tracks/{trackId}/comments?order={order}&limit=50";
                var first = await TimeAsync(hub, url);
                var deep = await TimeAsync(hub, $"{url}&cursor={await DeepCursorAsync(hub, url)}");
                report.Add(
                    $"page of 50 among {ManyComments.Count:N0}, {order}",
                    $"first {first.Median:F2} ms (p99 {first.P99:F2}), 100 pages in {deep.Median:F2} ms (p99 {deep.P99:F2})",
                    $"/healthz {reference.Median:F2} ms");
            }

            var window = await TimeAsync(hub, $"/api/tracks/{trackId}/comments?order=hot&fromMs=30000&toMs=31000&limit=50");
            report.Add("hottest 50 within one second of the song", $"{window.Median:F2} ms (p99 {window.P99:F2})");
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<string> DeepCursorAsync(MeasuredHub hub, string url)
    {
        string? cursor = null;
        for (var page = 0; page < 100; page++)
            cursor = (await hub.Http.GetFromJsonAsync<CommentPage>($"{url}&cursor={cursor}", WireJson.Options))!.Next;
        return cursor!;
    }

    private static async Task<(double Median, double P99)> TimeAsync(MeasuredHub hub, string url)
    {
        var times = new List<double>();
        for (var i = 0; i < Requests; i++)
        {
            var watch = Stopwatch.StartNew();
            using var answer = await hub.Http.GetAsync(url);
            await answer.Content.ReadAsByteArrayAsync();
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        return (Report.Median(times), Report.Percentile(times, 0.99));
    }
}
