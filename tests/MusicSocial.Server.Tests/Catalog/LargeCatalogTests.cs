using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Tests.Catalog;

/// <summary>A catalog of 100,000 tracks: what is searched in it is found through indexes, whatever is typed.</summary>
public sealed class LargeCatalogTests : IAsyncLifetime
{
    private const int Size = 100_000;

    private readonly TempFolder _folder = new();
    private Database _database = null!;

    public async Task InitializeAsync()
    {
        _database = new Database(
            Options.Create(new StorageOptions { Data = _folder.Path }), TimeProvider.System, NullLogger<Database>.Instance);
        await _database.WriteAsync(
            async connection =>
            {
                await connection.ExecuteAsync(FillTracks, new { Size });
                await connection.ExecuteAsync(FillWords);
            },
            CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(SearchStore.TitlesBetween)]
    [InlineData(SearchStore.MatchesByTitle)]
    public async Task Lists_by_title_walk_the_title_index_from_their_place(string sql)
    {
        var plan = await ExplainAsync(sql);

        var step = Assert.Single(plan);
        Assert.Contains("USING INDEX tracks_by_title (present=? AND (title_key,id)>(?,?)", step.Replace("title_key>?", "(title_key,id)>(?,?)"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rare_words_are_looked_up_in_the_word_index_and_their_tracks_by_id()
    {
        var plan = await ExplainAsync(SearchStore.MatchesByWord);

        Assert.Contains(plan, step => step.Contains("SEARCH track_words USING COVERING INDEX", StringComparison.Ordinal));
        Assert.Contains(plan, step => step.StartsWith("SEARCH tracks USING INDEX sqlite_autoindex_tracks_1 (id=?)", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.StartsWith("SCAN tracks", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Counting_a_word_stops_at_its_bound()
    {
        Assert.Equal(1000, await _database.ReadAsync(connection => SearchStore.CountWordsAsync(connection, "artist", 1000), CancellationToken.None));
        Assert.Contains("COVERING INDEX", string.Join('\n', await ExplainAsync(SearchStore.CountWords)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("song 4242", 11)]
    [InlineData("artist 77077", 1)]
    [InlineData("artist 77", 200)]
    [InlineData("no such word", 0)]
    [InlineData("title artist", 200)]
    public async Task Rare_and_frequent_words_are_found_alike(string typed, int expected)
    {
        var search = new TrackSearch(new SearchStore(_database));

        var page = await search.PageAsync(typed, cursor: null, limit: 200, CancellationToken.None);

        Assert.Equal(expected, page.Items.Count);
        Assert.Equal(page.Items.Select(track => track.Id).Distinct(), page.Items.Select(track => track.Id));
    }

    private Task<List<string>> ExplainAsync(string sql) =>
        _database.ReadAsync(
            async connection =>
            {
                var names = sql.Split([.. " \n\r(),"], StringSplitOptions.RemoveEmptyEntries).Where(word => word.StartsWith('@')).Select(word => word[1..]).Distinct();
                var parameters = new DynamicParameters();
                foreach (var name in names)
                    parameters.Add(name, name is "take" or "atMost" ? 50 : "x");
                var steps = await connection.QueryAsync($"EXPLAIN QUERY PLAN {sql}", parameters);
                return steps.Select(step => (string)step.detail).ToList();
            },
            CancellationToken.None);

    private const string FillTracks =
        """
        WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < @Size)
        INSERT INTO tracks (
            id, title, artist, album, duration_ms, title_key, words, present, path, size_bytes, modified_ms, fingerprint,
            content_type, cover_path, cover_stamp, lyrics_path, lyrics_stamp, lyrics_uploaded, added_at_ms)
        SELECT printf('%020d', n), 'Song ' || n, 'Artist ' || (n % 1000), NULL, 180000, 'song ' || n, ' song ' || n || ' title artist ' || (n % 1000), 1,
               'music/' || n || '.mp3', n, 0, n, 'audio/mpeg', NULL, 0, NULL, 0, 0, 0
        FROM numbers
        """;

    private const string FillWords =
        """
        INSERT OR IGNORE INTO track_words (word, track_id)
        SELECT 'song', id FROM tracks UNION ALL SELECT 'title', id FROM tracks UNION ALL SELECT 'artist', id FROM tracks
        UNION ALL SELECT CAST(size_bytes AS TEXT), id FROM tracks UNION ALL SELECT CAST(size_bytes % 1000 AS TEXT), id FROM tracks
        """;
}
