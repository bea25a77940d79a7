using System.Data.Common;
using Dapper;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Comments;

/// <summary>The sort key of the last comment of a page: id always, and likes or position where the order asks for them.</summary>
internal sealed record CommentKey(string Id, long Sort);

/// <summary>Positions to look at, in milliseconds: from (inclusive) to (exclusive).</summary>
internal readonly record struct PositionWindow(long FromMs, long ToMs);

/// <summary>How a window of positions is combined with an order.</summary>
internal enum WindowPlan
{
    /// <summary>No window.</summary>
    None,

    /// <summary>Walk the order's index and keep what is inside.</summary>
    Filter,

    /// <summary>Gather the window first, then sort it.</summary>
    Sort,
}

/// <summary>
/// Pages of comments in four orders, each a range of one index: the first page and the ten-thousandth cost the same
/// (query plans in docs/operations.md).
/// </summary>
internal sealed class CommentListStore(Database database)
{
    /// <summary>A window with fewer comments is sorted after the fact; in a denser one a scan in the asked order soon finds a page.</summary>
    private const int SortedWindow = 10_000;

    private const string Columns =
        "id, track_id, room_id, parent_id, author_id, client_key, text, position_ms, created_at_ms, edited_at_ms, deleted, likes";

    /// <summary>Up to <paramref name="limit"/> + 1 comments after <paramref name="after"/>.</summary>
    public Task<IReadOnlyList<CommentRow>> ReadAsync(
        string trackId, CommentOrder order, PositionWindow? window, CommentKey? after, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<CommentRow>>(
            async connection =>
            {
                var query = new
                {
                    trackId,
                    afterId = after?.Id,
                    afterSort = after?.Sort ?? 0,
                    fromMs = window?.FromMs ?? 0,
                    toMs = window?.ToMs ?? 0,
                    take = limit + 1,
                };
                var plan = window is null ? WindowPlan.None : await PlanAsync(connection, order, query);
                return [.. await connection.QueryAsync<CommentRow>(Sql(plan, order, after is not null), query)];
            },
            cancellationToken);

    public Task<long> TotalAsync(string trackId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection => await connection.ExecuteScalarAsync<long?>(
                """
                SELECT total
                FROM comment_totals
                WHERE track_id = @trackId
                """,
                new { trackId }) ?? 0,
            cancellationToken);

    /// <summary>Which of these comments the user likes.</summary>
    public Task<IReadOnlySet<string>> LikedAsync(IReadOnlyCollection<string> ids, string userId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlySet<string>>(
            async connection => (await connection.QueryAsync<string>(
                $"""
                SELECT comment_id
                FROM comment_likes
                WHERE user_id = @userId AND comment_id {database.Dialect.In("@ids")}
                """,
                new { userId, ids = ids.ToArray() })).ToHashSet(),
            cancellationToken);

    /// <summary>Seconds of the song that comments are pinned to, in order, with how many.</summary>
    public Task<IReadOnlyList<CommentMoment>> MomentsAsync(string trackId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<CommentMoment>>(
            async connection => [.. await connection.QueryAsync<CommentMoment>(
                """
                SELECT second, total
                FROM comment_moments
                WHERE track_id = @trackId AND total > 0
                ORDER BY second
                """,
                new { trackId })],
            cancellationToken);

    /// <summary>The statement that reads one page; a test asks for its query plan.</summary>
    internal static string Sql(WindowPlan plan, CommentOrder order, bool continued)
    {
        var (after, orderBy) = order switch
        {
            CommentOrder.Newest => ("id < @afterId", "id DESC"),
            CommentOrder.Oldest => ("id > @afterId", "id"),
            CommentOrder.Position => ("(position_key, id) > (@afterSort, @afterId)", "position_key, id"),
            _ => ("(likes, id) < (@afterSort, @afterId)", "likes DESC, id DESC"),
        };
        var filter = plan == WindowPlan.Filter ? "position_key >= @fromMs AND position_key < @toMs" : "1 = 1";
        return $"""
            {(plan == WindowPlan.Sort ? WindowSql : "")}
            SELECT {Columns}
            FROM {(plan == WindowPlan.Sort ? "in_window" : "comments")}
            WHERE track_id = @trackId AND {filter} AND {(continued ? after : "1 = 1")}
            ORDER BY {orderBy}
            LIMIT @take
            """;
    }

    private const string WindowSql = $"""
        WITH in_window AS MATERIALIZED (
            SELECT {Columns}, position_key
            FROM comments
            WHERE track_id = @trackId AND position_key >= @fromMs AND position_key < @toMs
        )
        """;

    private static async Task<WindowPlan> PlanAsync(DbConnection connection, CommentOrder order, object query)
    {
        if (order == CommentOrder.Position)
            return WindowPlan.Filter;
        var found = await connection.ExecuteScalarAsync<long>(
            $"""
            SELECT COUNT(*)
            FROM (
                SELECT 1
                FROM comments
                WHERE track_id = @trackId AND position_key >= @fromMs AND position_key < @toMs
                LIMIT {SortedWindow}
            ) AS sample
            """,
            query);
        return found < SortedWindow ? WindowPlan.Sort : WindowPlan.Filter;
    }
}

/// <summary>The orders comments are read in.</summary>
internal enum CommentOrder
{
    Newest,
    Oldest,
    Position,
    Hot,
}

internal static class CommentOrders
{
    public static CommentOrder Parse(string? name) => name switch
    {
        null or "" or "newest" => CommentOrder.Newest,
        "oldest" => CommentOrder.Oldest,
        "position" => CommentOrder.Position,
        "hot" => CommentOrder.Hot,
        _ => throw new RefusedException(CommentRefusals.BadOrder),
    };
}
