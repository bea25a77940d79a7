using System.Net;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Server.Comments;
using MusicSocial.Server.Storage;
using MusicSocial.Server.Tests.Catalog;
using MusicSocial.Server.Tests.Storage;

namespace MusicSocial.Server.Tests.Comments;

[Trait("Stores", "both")]
public sealed class CommentListTests(CommentListTests.Songs songs) : IClassFixture<CommentListTests.Songs>
{
    private const int Count = 37;

    private readonly HubApp _app = songs.App;
    private readonly Track _song = songs.Song;

    [Theory]
    [InlineData("newest")]
    [InlineData("oldest")]
    [InlineData("position")]
    [InlineData("hot")]
    public async Task Pages_of_any_order_put_together_are_the_whole_list_once(string order)
    {
        var whole = (await PageAsync($"order={order}&limit=200")).Items;
        var pieces = new List<Comment>();
        string? cursor = null;
        do
        {
            var page = await PageAsync($"order={order}&limit=5&cursor={cursor}");
            pieces.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(Count, whole.Count);
        Assert.Equal(whole, pieces);
        Assert.Equal(Sorted(whole, order).Select(comment => comment.Id), whole.Select(comment => comment.Id));
    }

    [Theory]
    [InlineData("newest")]
    [InlineData("oldest")]
    [InlineData("position")]
    [InlineData("hot")]
    public async Task A_window_holds_the_comments_pinned_inside_it(string order)
    {
        var page = await PageAsync($"order={order}&fromMs=2000&toMs=4000&limit=200");

        Assert.All(page.Items, comment => Assert.InRange(comment.PositionMs!.Value, 2000, 3999));
        Assert.Equal((await PageAsync("limit=200")).Items.Count(comment => comment.PositionMs is >= 2000 and < 4000), page.Items.Count);
        Assert.Equal(Sorted(page.Items, order).Select(comment => comment.Id), page.Items.Select(comment => comment.Id));
    }

    [Theory]
    [InlineData("cursor=nonsense", "request.bad_cursor")]
    [InlineData("order=loudest", "comment.bad_order")]
    [InlineData("fromMs=5000&toMs=1000", "comment.position_invalid")]
    [InlineData("fromMs=-1", "comment.position_invalid")]
    public Task A_list_that_cannot_be_is_refused(string query, string code) =>
        _app.Http.GetAsync($"/api/tracks/{_song.Id}/comments?{query}").RefusedAsync(HttpStatusCode.BadRequest, code);

    [Theory]
    [InlineData(CommentOrder.Newest, "comments_by_time")]
    [InlineData(CommentOrder.Oldest, "comments_by_time")]
    [InlineData(CommentOrder.Position, "comments_by_position")]
    [InlineData(CommentOrder.Hot, "comments_by_likes")]
    public async Task Every_order_is_a_range_of_one_index_and_sorts_nothing(object order, string index)
    {
        var database = _app.Services.GetRequiredService<Database>();

        var plan = await QueryPlan.OfAsync(
            database,
            CommentListStore.Sql(WindowPlan.None, (CommentOrder)order, continued: true),
            new { trackId = "song 3", afterId = "other 2503", afterSort = 2, fromMs = 0, toMs = 0, take = 51 });

        QueryPlan.AssertWalks(plan, index);
    }

    private static IEnumerable<Comment> Sorted(IEnumerable<Comment> comments, string order) => order switch
    {
        "newest" => comments.OrderByDescending(comment => comment.Id, StringComparer.Ordinal),
        "oldest" => comments.OrderBy(comment => comment.Id, StringComparer.Ordinal),
        "position" => comments.OrderBy(comment => comment.PositionMs ?? long.MaxValue).ThenBy(comment => comment.Id, StringComparer.Ordinal),
        _ => comments.OrderByDescending(comment => comment.Likes).ThenByDescending(comment => comment.Id, StringComparer.Ordinal),
    };

    private Task<CommentPage> PageAsync(string query) => _app.Http.GetAsync($"/api/tracks/{_song.Id}/comments?{query}").ReadAsync<CommentPage>();

    // Enough of them that walking all is dearer than an index.
    private const string FillOtherSongs =
        """
        WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < 5000)
        INSERT INTO comments (id, track_id, author_id, client_key, text, position_ms, position_key, created_at_ms, likes)
        SELECT 'other ' || n, 'song ' || (n % 5), users.id, 'other ' || n, 'text', n % 180, n % 180, n, n % 7
        FROM numbers
        CROSS JOIN users
        """;

    /// <summary>One song with comments, read by every test, and many songs beside it.</summary>
    public sealed class Songs : SharedHub
    {
        internal Track Song { get; private set; } = null!;

        public override async Task InitializeAsync()
        {
            Song = await App.AddTrackAsync(durationMs: 180_000);
            var author = (await App.GuestAsync()).User.Id;
            var store = App.Services.GetRequiredService<CommentStore>();
            for (var i = 0; i < Count; i++)
            {
                await store.AddAsync(
                    new CommentRow
                    {
                        Id = Ids.New(i * 10),
                        TrackId = Song.Id,
                        AuthorId = author,
                        ClientKey = $"key {i}",
                        Text = $"comment {i}",
                        // Many share a position, some have none.
                        PositionMs = i % 5 == 0 ? null : i % 7 * 1000,
                        CreatedAtMs = i * 10,
                    },
                    TimeSpan.Zero, hasNotices: false, CancellationToken.None);
            }

            var database = App.Services.GetRequiredService<Database>();
            await database.WriteAsync(
                connection => connection.ExecuteAsync("UPDATE comments SET likes = created_at_ms / 10 % 4"), CancellationToken.None);
            await database.WriteAsync(connection => connection.ExecuteAsync(FillOtherSongs), CancellationToken.None);
            await QueryPlan.CountRowsAsync(database);
        }
    }
}
