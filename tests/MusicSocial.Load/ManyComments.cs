using Dapper;
using Microsoft.Data.Sqlite;

namespace MusicSocial.Load;

/// <summary>A million comments on one song in an embedded hub's file, straight into the tables: what is measured is not writing them.</summary>
internal static class ManyComments
{
    public const int Count = 1_000_000;

    /// <summary>A data folder that holds them, and the song's id.</summary>
    public static async Task<(string Folder, string TrackId)> PrepareAsync()
    {
        var folder = Directory.CreateTempSubdirectory("musicsocial-load-").FullName;
        string trackId;
        await using (var hub = await MeasuredHub.StartAsync(folder))
        {
            trackId = (await hub.TracksAsync())[0].Id;
            await hub.SignInAsync();
        }

        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "musicsocial.db")}");
        await connection.OpenAsync();
        await connection.ExecuteAsync(
            """
            WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < @Count)
            INSERT INTO comments (id, track_id, author_id, client_key, text, position_ms, position_key, created_at_ms, likes)
            SELECT printf('%026d', n), @trackId, (SELECT id FROM users LIMIT 1), 'fill ' || n, 'Comment number ' || n || ' of very many',
                   n * 7919 % 90000, n * 7919 % 90000, n, n * 31 % 1000
            FROM numbers
            """,
            new { Count, trackId },
            commandTimeout: 600);
        await connection.ExecuteAsync("INSERT INTO comment_totals (track_id, total) VALUES (@trackId, @Count)", new { trackId, Count });
        return (folder, trackId);
    }
}
