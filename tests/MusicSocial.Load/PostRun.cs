using System.Diagnostics;
using System.Net.Http.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace MusicSocial.Load;

/// <summary>Comments acknowledged as durable per second, by how many people post at once; beside SQLite committing one row at a time on the same disk.</summary>
internal static class PostRun
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(5);

    public static async Task MeasureAsync(Report report)
    {
        foreach (var people in new[] { 1, 16, 128 })
        {
            await using var hub = await MeasuredHub.StartAsync();
            var track = (await hub.TracksAsync())[0];
            await PostAsync(hub, track.Id, people, TimeSpan.FromSeconds(2));
            var (perSecond, p99) = await PostAsync(hub, track.Id, people, Span);
            var reference = SingleCommits(hub.Folder);
            report.Add(
                $"durable comments a second, {people} posting at once (HTTP)",
                $"{perSecond:F0}/s, p99 {p99:F1} ms",
                $"one row per commit: {reference:F0}/s; ratio {perSecond / reference:F1}");
        }
    }

    private static async Task<(double PerSecond, double P99Ms)> PostAsync(MeasuredHub hub, string trackId, int people, TimeSpan span)
    {
        var watch = Stopwatch.StartNew();
        var waits = await Task.WhenAll(Enumerable.Range(0, people).Select(_ => PostUntilAsync(hub, trackId, watch, span)));
        var all = waits.SelectMany(wait => wait).ToList();
        return (all.Count / watch.Elapsed.TotalSeconds, Report.Percentile(all, 0.99));
    }

    private static async Task<List<double>> PostUntilAsync(MeasuredHub hub, string trackId, Stopwatch watch, TimeSpan span)
    {
        using var http = hub.ClientOf(await hub.SignInAsync());
        var waits = new List<double>();
        while (watch.Elapsed < span)
        {
            var sent = watch.Elapsed;
            using var answer = await http.PostAsJsonAsync(
                $"/api/tracks/{trackId}/comments", new { text = "A comment of a usual length, pinned to nothing.", clientKey = $"{waits.Count}-{sent.Ticks}" });
            answer.EnsureSuccessStatusCode();
            waits.Add((watch.Elapsed - sent).TotalMilliseconds);
        }

        return waits;
    }

    private static double SingleCommits(string folder)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "reference.db")}");
        connection.Open();
        connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE rows (text TEXT NOT NULL)");
        var watch = Stopwatch.StartNew();
        var count = 0;
        for (; watch.Elapsed < TimeSpan.FromSeconds(2); count++)
            connection.Execute("INSERT INTO rows (text) VALUES ('A comment of a usual length, pinned to nothing.')");
        return count / watch.Elapsed.TotalSeconds;
    }
}
