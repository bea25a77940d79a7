using Dapper;
using MusicSocial.Lyrics;
using MusicSocial.Server.Api;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Catalog.Scanning;
using MusicSocial.Server.Comments;
using MusicSocial.Server.Listens;
using MusicSocial.Server.Lyrics.Editing;
using MusicSocial.Server.Storage;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.Storage;

/// <summary>Two nodes write to one PostgreSQL database at the same time: what each relied on still holds.</summary>
public sealed class TwoNodesTests : IAsyncLifetime
{
    private const string Ann = "ann";
    private const string Song = "song";

    private string _postgres = "";
    private Database[] _nodes = [];

    public async Task InitializeAsync()
    {
        _postgres = await TestStores.CreatePostgresAsync();
        _nodes = [Open(_postgres), Open(_postgres)];
        await _nodes[0].WriteAsync(
            connection => connection.ExecuteAsync(
                """
                INSERT INTO users (id, handle, handle_key, display_name, guest, security_stamp, created_at_ms)
                VALUES ('ann', 'ann', 'ann', 'Ann', 1, '', 0)
                """),
            CancellationToken.None);
        await new ScanStore(_nodes[0]).SaveAsync([Scanned(Song)], nowMs: 0, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        await (await PostgresServer.SharedAsync()).DropDatabaseAsync(_postgres);
    }

    [Fact]
    public async Task The_same_client_key_sent_to_both_is_one_comment()
    {
        var kept = await OnBothAsync(40, (node, i) => new CommentStore(node).AddAsync(Comment($"key {i}"), TimeSpan.Zero, hasNotices: false, CancellationToken.None));

        Assert.All(kept.Chunk(2), pair => Assert.Equal(pair[0].Id, pair[1].Id));
        Assert.Equal(40, await new CommentListStore(_nodes[0]).TotalAsync(Song, CancellationToken.None));
        Assert.Equal(40, (await new CommentListStore(_nodes[1]).MomentsAsync(Song, CancellationToken.None)).Single().Total);
    }

    [Fact]
    public async Task In_slow_mode_one_of_many_comments_sent_to_both_is_taken()
    {
        var taken = await OnBothAsync(40, async (node, i) =>
        {
            try
            {
                await new CommentStore(node).AddAsync(Comment($"key {i} of {node.GetHashCode()}") with { RoomId = "room" }, TimeSpan.FromMinutes(1), hasNotices: false, CancellationToken.None);
                return 1;
            }
            catch (RefusedException refused)
            {
                Assert.Equal("room.slow_mode", refused.Refusal.Code);
                return 0;
            }
        });

        Assert.Equal(1, taken.Sum());
    }

    [Fact]
    public async Task Likes_given_on_both_add_up()
    {
        var comment = await new CommentStore(_nodes[0]).AddAsync(Comment("liked"), TimeSpan.Zero, hasNotices: false, CancellationToken.None);

        // Everybody likes it on both nodes: once each counts.
        var totals = await OnBothAsync(40, (node, i) => new CommentStore(node).LikeAsync(comment.Id, $"user {i}", CancellationToken.None));

        Assert.Equal(Enumerable.Range(1, 40).Select(total => (long?)total), totals.Where(total => total is not null).Order());
        Assert.Equal(40, (await new CommentStore(_nodes[1]).FindAsync(comment.Id, CancellationToken.None))!.Likes);
    }

    [Fact]
    public async Task Lyrics_uploaded_to_both_become_revisions_of_their_own()
    {
        var lyrics = new RevisionDraft(new LyricRevision([1, 2, 3]), new LyricSheet(), RevisionKind.Upload);

        var numbers = await OnBothAsync(15, (node, _) => new LyricRevisionStore(node).AddAsync(Song, lyrics, Ann, nowMs: 0, CancellationToken.None));

        Assert.Equal(Enumerable.Range(1, 30).Select(number => (long)number), numbers.Order());
    }

    [Fact]
    public async Task A_listen_noticed_by_both_is_written_once()
    {
        var written = await OnBothAsync(20, (node, i) => new ListenStore(node).TryAddAsync(
            Ann,
            new Listen(Ids.New(1000), new PlayingTrack(null, $"Title {i}", "Artist", null, 180_000, HasLyrics: false, CoverUrl: null, AudioUrl: null), StartedAtMs: 1000),
            countedAtMs: 100_000,
            CancellationToken.None));

        Assert.All(written.Chunk(2), pair => Assert.Single(pair, isNew => isNew));
    }

    [Fact]
    public async Task The_same_music_scanned_by_both_is_indexed_once()
    {
        List<ScannedTrack> tracks = [.. Enumerable.Range(0, 50).Select(i => Scanned($"track{i}"))];

        await OnBothAsync(2, async (node, i) =>
        {
            await new ScanStore(node).SaveAsync(i == 0 ? tracks : [.. tracks.AsEnumerable().Reverse()], nowMs: 0, CancellationToken.None);
            return true;
        });

        var found = await new TrackSearch(new SearchStore(_nodes[1]), new BasePath("")).PageAsync("title track7", null, 10, CancellationToken.None);
        Assert.Equal("track7", Assert.Single(found.Items).Id);
    }

    [Fact]
    public async Task Writes_that_wait_for_each_other_are_both_made()
    {
        var bothHold = new CountdownEvent(2);

        await Task.WhenAll(CountAsync(_nodes[0], "a", "b"), CountAsync(_nodes[1], "b", "a"));

        Assert.Equal(2, await new CommentListStore(_nodes[0]).TotalAsync("a", CancellationToken.None));
        Assert.Equal(2, await new CommentListStore(_nodes[0]).TotalAsync("b", CancellationToken.None));

        Task CountAsync(Database node, string first, string second)
        {
            var isFirstTry = true;
            return node.WriteAsync(
                async connection =>
                {
                    await connection.ExecuteAsync(CountOne, new { track = first });
                    if (isFirstTry)
                        bothHold.Signal();
                    isFirstTry = false;
                    await Patiently.UntilAsync(() => bothHold.IsSet, "both hold one row");
                    await connection.ExecuteAsync(CountOne, new { track = second });
                },
                CancellationToken.None);
        }
    }

    [Fact]
    public async Task Nodes_that_start_together_on_an_empty_database_migrate_it_once()
    {
        var empty = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();

        var together = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Open(empty))));

        var numbers = await together[0].ReadAsync(
            connection => connection.QueryAsync<int>("SELECT number FROM schema_migrations ORDER BY number"), CancellationToken.None);
        Assert.NotEmpty(numbers);
        Assert.Equal(numbers.Distinct(), numbers);
        foreach (var node in together)
            await node.DisposeAsync();
    }

    private const string CountOne =
        """
        INSERT INTO comment_totals (track_id, total)
        VALUES (@track, 1)
        ON CONFLICT (track_id) DO UPDATE SET total = comment_totals.total + 1
        """;

    private static Database Open(string postgres) => TestStores.Open(new StorageOptions { Postgres = postgres });

    // Each thing on both nodes, everything at once; the answers of one thing stand beside each other.
    private Task<T[]> OnBothAsync<T>(int things, Func<Database, int, Task<T>> action) =>
        Task.WhenAll(Enumerable.Range(0, things * 2).Select(i => Task.Run(() => action(_nodes[i % 2], i / 2))));

    private static CommentRow Comment(string key) =>
        new() { Id = Ids.New(0), TrackId = Song, AuthorId = Ann, ClientKey = key, Text = "text", PositionMs = 1500 };

    private static ScannedTrack Scanned(string id) =>
        new(id, $"Title {id}", "Artist", null, 180_000, new AudioFile($"music/{id}.wav", 1, 0, id, "audio/wav", Sidecars.None));
}
