using System.Diagnostics;
using System.Net.Http.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using MusicSocial.TestRig;

namespace MusicSocial.Load;

/// <summary>Comments acknowledged as durable per second, by how many people post at once; beside SQLite committing one row at a time on the same disk.</summary>
internal static class PostRun
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(5);

    public static async Task MeasureAsync(Report report)
    {
        await using var postgres = await PostgresServer.StartAsync();
        foreach (var people in new[] { 1, 16, 128 })
        {
            await MeasureEmbeddedAsync(report, people);
            await MeasurePostgresAsync(report, people, await postgres.CreateDatabaseAsync());
        }
    }

    private static async Task MeasureEmbeddedAsync(Report report, int people)
    {
        await using var hub = await HubProcess.StartAsync();
        var (perSecond, p99) = await MeasureAsync(hub, people);
        var reference = SingleCommits(hub.Folder);
        report.Add(
            $"durable comments a second, {people} posting at once (HTTP)",
            $"{perSecond:F0}/s, p99 {p99:F1} ms",
            $"one row per commit: {reference:F0}/s; ratio {perSecond / reference:F1}");
    }

    // All on one song: the row that counts its comments is the bottleneck.
    private static async Task MeasurePostgresAsync(Report report, int people, string database)
    {
        await using var hub = await HubProcess.StartAsync(settings: ["--postgres", database]);
        var (perSecond, p99) = await MeasureAsync(hub, people);
        report.Add($"the same, kept in PostgreSQL, {people} posting at once", $"{perSecond:F0}/s, p99 {p99:F1} ms", "");
    }

    private static async Task<(double PerSecond, double P99Ms)> MeasureAsync(HubProcess hub, int people)
    {
        var track = (await hub.TracksAsync())[0];
        await PostAsync(hub, track.Id, people, TimeSpan.FromSeconds(2));
        return await PostAsync(hub, track.Id, people, Span);
    }

    private static async Task<(double PerSecond, double P99Ms)> PostAsync(HubProcess hub, string trackId, int people, TimeSpan span)
    {
        var watch = Stopwatch.StartNew();
        var waits = await Task.WhenAll(Enumerable.Range(0, people).Select(_ => PostUntilAsync(hub, trackId, watch, span)));
        var all = waits.SelectMany(wait => wait).ToList();
        return (all.Count / watch.Elapsed.TotalSeconds, Report.Percentile(all, 0.99));
    }

    private static async Task<List<double>> PostUntilAsync(HubProcess hub, string trackId, Stopwatch watch, TimeSpan span)
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
