using Dapper;
using MusicSocial.Server.Storage;
using MusicSocial.Server.Tests.Storage;

namespace MusicSocial.Server.Tests.Catalog;

/// <summary>A database with 100,000 tracks: every song by one of 1,000 artists, all sharing the words "song", "title" and "artist".</summary>
public sealed class LargeCatalog : IAsyncLifetime
{
    private const int Size = 100_000;
    private const int PatienceSeconds = 120;

    private readonly TempFolder _folder = new();

    internal Database Database { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Database = TestStores.Open(_folder.Path);
        await Database.WriteAsync(
            async connection =>
            {
                await connection.ExecuteAsync(FillTracks, new { Size }, commandTimeout: PatienceSeconds);
                await connection.ExecuteAsync(FillWords, commandTimeout: PatienceSeconds);
            },
            CancellationToken.None);
        await QueryPlan.CountRowsAsync(Database);
    }

    public async Task DisposeAsync()
    {
        await Database.DisposeAsync();
        await TestStores.ForgetAsync(_folder.Path);
        _folder.Dispose();
    }

    private const string FillTracks =
        """
        WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < @Size)
        INSERT INTO tracks (
            id, title, artist, album, duration_ms, title_key, words, present, path, size_bytes, modified_ms, fingerprint,
            content_type, cover_path, cover_stamp, lyrics_path, lyrics_stamp, lyrics_uploaded, added_at_ms)
        SELECT CAST(1000000 + n AS TEXT), 'Song ' || n, 'Artist ' || (n % 1000), NULL, 180000, 'song ' || n, ' song ' || n || ' title artist ' || (n % 1000), 1,
               'music/' || n || '.mp3', n, 0, n, 'audio/mpeg', NULL, 0, NULL, 0, 0, 0
        FROM numbers
        """;

    private const string FillWords =
        """
        INSERT INTO track_words (word, track_id)
        SELECT 'song', id FROM tracks UNION ALL SELECT 'title', id FROM tracks UNION ALL SELECT 'artist', id FROM tracks
        UNION ALL SELECT CAST(size_bytes AS TEXT), id FROM tracks UNION ALL SELECT CAST(size_bytes % 1000 AS TEXT), id FROM tracks WHERE 1 = 1
        ON CONFLICT (word, track_id) DO NOTHING
        """;
}
