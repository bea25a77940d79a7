using System.Data.Common;
using System.Diagnostics;
using System.Net.Http.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using MusicSocial.TestRig;
using Npgsql;

namespace MusicSocial.Load;

/// <summary>Comments acknowledged as durable per second, by how many people post at once; beside the same database committing one row at a time on the same disk.</summary>
internal static class PostRun
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(5);

    public static async Task MeasureAsync(Report report)
    {
        foreach (var people in new[] { 1, 16, 128 })
        {
            await using var hub = await MeasuredHub.StartAsync();
            await using var reference = new SqliteConnection($"Data Source={Path.Combine(hub.Folder, "reference.db")}");
            await reference.OpenAsync();
            await reference.ExecuteAsync("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
            await MeasureAsync(report, "SQLite", hub, [(await hub.TracksAsync())[0]], people, reference);
        }
    }

    /// <summary>The same with PostgreSQL as it comes: all on one song, whose total is one row everybody waits for, and spread over the demo songs.</summary>
    public static async Task MeasureOnPostgresAsync(Report report)
    {
        await using var postgres = await PostgresServer.StartAsync();
        foreach (var people in new[] { 1, 16, 128 })
        {
            var database = await postgres.CreateDatabaseAsync();
            await using var hub = await MeasuredHub.StartAsync(null, null, "--postgres", database);
            await using var reference = new NpgsqlConnection(database + ";Pooling=false");
            await reference.OpenAsync();
            var tracks = await hub.TracksAsync(10);
            await MeasureAsync(report, "PostgreSQL, one song", hub, [tracks[0]], people, reference);
            await reference.ExecuteAsync("DROP TABLE rows");
            await MeasureAsync(report, $"PostgreSQL, {tracks.Count} songs", hub, tracks, people, reference);
        }
    }

    private static async Task MeasureAsync(Report report, string where, MeasuredHub hub, IReadOnlyList<Track> tracks, int people, DbConnection reference)
    {
        await PostAsync(hub, tracks, people, TimeSpan.FromSeconds(2));
        var (perSecond, p99) = await PostAsync(hub, tracks, people, Span);
        var singles = await SingleCommitsAsync(reference);
        report.Add(
            $"durable comments a second, {people} posting at once (HTTP, {where})",
            $"{perSecond:F0}/s, p99 {p99:F1} ms",
            $"one row per commit: {singles:F0}/s; ratio {perSecond / singles:F1}");
    }

    private static async Task<(double PerSecond, double P99Ms)> PostAsync(
        MeasuredHub hub, IReadOnlyList<Track> tracks, int people, TimeSpan span)
    {
        var watch = Stopwatch.StartNew();
        var waits = await Task.WhenAll(Enumerable.Range(0, people).Select(i => PostUntilAsync(hub, tracks[i % tracks.Count].Id, watch, span)));
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

    private static async Task<double> SingleCommitsAsync(DbConnection connection)
    {
        await connection.ExecuteAsync("CREATE TABLE rows (text TEXT NOT NULL)");
        var watch = Stopwatch.StartNew();
        var count = 0;
        for (; watch.Elapsed < TimeSpan.FromSeconds(2); count++)
            await connection.ExecuteAsync("INSERT INTO rows (text) VALUES ('A comment of a usual length, pinned to nothing.')");
        return count / watch.Elapsed.TotalSeconds;
    }
}
