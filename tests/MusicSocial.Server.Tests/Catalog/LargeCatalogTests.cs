using MusicSocial.Server.Api;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Storage;
using MusicSocial.Server.Tests.Storage;

namespace MusicSocial.Server.Tests.Catalog;

/// <summary>A catalog of 100,000 tracks: what is searched in it is found through indexes, whatever is typed.</summary>
[Trait("Stores", "both")]
public sealed class LargeCatalogTests : IClassFixture<LargeCatalog>
{
    private readonly Database _database;

    public LargeCatalogTests(LargeCatalog catalog) => _database = catalog.Database;

    [Theory]
    [InlineData(SearchStore.TitlesBetween)]
    [InlineData(SearchStore.MatchesByTitle)]
    public async Task Lists_by_title_walk_the_title_index_from_their_place(string sql)
    {
        var plan = await ExplainAsync(sql);

        QueryPlan.AssertWalks(plan, "tracks_by_title");
        Assert.Matches(
            TestStores.AreCluster
                ? @"Index Cond: \(\(present = 1\) AND \(ROW\(title_key, id\) > ROW\("
                : @"\(present=\? AND (\(title_key,id\)>\(\?,\?\)|title_key>\?)",
            plan);
    }

    [Fact]
    public async Task Rare_words_are_looked_up_in_the_word_index_and_their_tracks_by_id()
    {
        var plan = await ExplainAsync(SearchStore.MatchesByWord);

        Assert.Contains(TestStores.AreCluster ? "using track_words_pkey" : "SEARCH track_words USING COVERING INDEX", plan, StringComparison.Ordinal);
        Assert.Contains(TestStores.AreCluster ? "using tracks_pkey" : "SEARCH tracks USING INDEX sqlite_autoindex_tracks_1 (id=?)", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("SCAN tracks", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counting_a_word_stops_at_its_bound()
    {
        Assert.Equal(1000, await _database.ReadAsync(connection => SearchStore.CountWordsAsync(connection, "artist", 1000), CancellationToken.None));
        QueryPlan.AssertWalks(await ExplainAsync(SearchStore.CountWords, typed: "77"), TestStores.AreCluster ? "track_words_pkey" : "sqlite_autoindex_track_words_1");
    }

    [Theory]
    [InlineData("song 4242", 11)]
    [InlineData("artist 77077", 1)]
    [InlineData("artist 77", 200)]
    [InlineData("no such word", 0)]
    [InlineData("title artist", 200)]
    public async Task Rare_and_frequent_words_are_found_alike(string typed, int expected)
    {
        var search = new TrackSearch(new SearchStore(_database), new BasePath(""));

        var page = await search.PageAsync(typed, cursor: null, limit: 200, CancellationToken.None);

        Assert.Equal(expected, page.Items.Count);
        Assert.Equal(page.Items.Select(track => track.Id).Distinct(), page.Items.Select(track => track.Id));
    }

    // What TrackSearch asks for when somebody typed so.
    private Task<string> ExplainAsync(string sql, string typed = "song 77") =>
        QueryPlan.OfAsync(
            _database,
            sql,
            new
            {
                TitleKey = typed,
                Id = "",
                end = typed + SearchStore.End,
                prefix = typed,
                prefixEnd = typed + SearchStore.End,
                word = typed,
                rarest = "77077",
                rarestEnd = "77077" + SearchStore.End,
                second = "77",
                secondEnd = "77" + SearchStore.End,
                like1 = "% song%",
                like2 = "% 77%",
                like3 = "%",
                like4 = "%",
                like5 = "%",
                like6 = "%",
                take = 50,
                atMost = 50,
            });
}
