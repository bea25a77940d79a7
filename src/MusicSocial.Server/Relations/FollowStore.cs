using System.Data.Common;
using Dapper;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Relations;

/// <summary>One edge of the follow graph, in a list of one side.</summary>
/// <param name="Id">Sorts by when the follow began.</param>
/// <param name="UserId">The person on the other side.</param>
internal sealed record Follow(string Id, string UserId);

/// <summary>The follows around one person, as another person sees them.</summary>
internal sealed record FollowCounts
{
    public int Followers { get; init; }
    public int Following { get; init; }
    public bool FollowedByMe { get; init; }
    public bool FollowsMe { get; init; }

    public Profile ProfileOf(User user, PersonalLists mine) =>
        new(user.Id, user.Handle, user.DisplayName, user.Guest, Followers, Following, FollowedByMe, FollowsMe)
        {
            Blocked = mine.Blocked.Contains(user.Id),
            Muted = mine.Muted.Contains(user.Id),
            Close = mine.Close.Contains(user.Id),
        };
}

internal sealed class FollowStore(Database database)
{
    /// <summary>Bounds a friends list; far above what a list is read for.</summary>
    public const int MaxFollowed = 5_000;

    /// <summary>One page of a person's followers, newest first: a range of <c>follows_by_followed</c>.</summary>
    internal const string FollowersSql =
        """
        SELECT id AS Id, follower_id AS UserId
        FROM follows
        WHERE followed_id = @userId AND id < @beforeId
        ORDER BY id DESC
        LIMIT @limit
        """;

    /// <summary>One page of the people a person follows, newest first: a range of <c>follows_by_follower</c>.</summary>
    internal const string FollowedSql =
        """
        SELECT id AS Id, followed_id AS UserId
        FROM follows
        WHERE follower_id = @userId AND id < @beforeId
        ORDER BY id DESC
        LIMIT @limit
        """;

    /// <summary>False when the follow was already there; refuses <c>friends.full</c>.</summary>
    public Task<bool> TryAddAsync(string id, string followerId, string followedId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
            {
                await database.Dialect.LockAsync(connection, $"follows:{followerId}");
                var added = await connection.ExecuteAsync(
                    """
                    INSERT INTO follows (id, follower_id, followed_id)
                    VALUES (@id, @followerId, @followedId)
                    ON CONFLICT (follower_id, followed_id) DO NOTHING
                    """,
                    new { id, followerId, followedId }) == 1;
                if (added && await CountFollowedAsync(connection, followerId) > MaxFollowed)
                    throw new RefusedException(RelationRefusals.Full);
                return added;
            },
            cancellationToken);

    /// <summary>False when there was nothing to remove.</summary>
    public Task<bool> TryRemoveAsync(string followerId, string followedId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection => await connection.ExecuteAsync(
                """
                DELETE FROM follows
                WHERE follower_id = @followerId AND followed_id = @followedId
                """,
                new { followerId, followedId }) == 1,
            cancellationToken);

    /// <summary>Removes all follows of a person and of those who follow them.</summary>
    public Task RemoveOfAsync(string userId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
            {
                await connection.ExecuteAsync("DELETE FROM follows WHERE follower_id = @userId", new { userId });
                await connection.ExecuteAsync("DELETE FROM follows WHERE followed_id = @userId", new { userId });
            },
            cancellationToken);

    public Task<FollowCounts> CountAsync(string userId, string viewerId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.QuerySingleAsync<FollowCounts>(
                """
                SELECT
                    (SELECT COUNT(*) FROM follows WHERE followed_id = @userId) AS followers,
                    (SELECT COUNT(*) FROM follows WHERE follower_id = @userId) AS following,
                    (SELECT COUNT(*) FROM follows WHERE follower_id = @viewerId AND followed_id = @userId) AS followed_by_me,
                    (SELECT COUNT(*) FROM follows WHERE follower_id = @userId AND followed_id = @viewerId) AS follows_me
                """,
                new { userId, viewerId }),
            cancellationToken);

    /// <summary>People following <paramref name="userId"/>, newest first, from the newest or from before <paramref name="beforeId"/>.</summary>
    public Task<IReadOnlyList<Follow>> FollowersAsync(string userId, string? beforeId, int limit, CancellationToken cancellationToken) =>
        PageAsync(FollowersSql, userId, beforeId, limit, cancellationToken);

    /// <summary>People <paramref name="userId"/> follows, in the same order.</summary>
    public Task<IReadOnlyList<Follow>> FollowedAsync(string userId, string? beforeId, int limit, CancellationToken cancellationToken) =>
        PageAsync(FollowedSql, userId, beforeId, limit, cancellationToken);

    /// <summary>Those of <paramref name="others"/> whom the person follows, each with whether they follow back.</summary>
    public Task<IReadOnlyDictionary<string, bool>> FollowedOfAsync(string userId, IReadOnlyCollection<string> others, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<string, bool>>(
            async connection =>
            {
                var followed = await connection.QueryAsync<(string Id, bool FollowsBack)>(
                    $"""
                    SELECT mine.followed_id, theirs.id IS NOT NULL
                    FROM follows mine
                    LEFT JOIN follows theirs ON theirs.follower_id = mine.followed_id AND theirs.followed_id = mine.follower_id
                    WHERE mine.follower_id = @userId AND mine.followed_id {database.Dialect.In("@others")}
                    """,
                    new { userId, others = others.ToArray() });
                return followed.ToDictionary(follow => follow.Id, follow => follow.FollowsBack);
            },
            cancellationToken);

    private Task<IReadOnlyList<Follow>> PageAsync(
        string sql, string userId, string? beforeId, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Follow>>(
            async connection => [.. await connection.QueryAsync<Follow>(sql, new { userId, beforeId = beforeId ?? Ids.AfterAll, limit })],
            cancellationToken);

    private static Task<int> CountFollowedAsync(DbConnection connection, string followerId) =>
        connection.ExecuteScalarAsync<int>(
            """
            SELECT COUNT(*)
            FROM follows
            WHERE follower_id = @followerId
            """,
            new { followerId });
}
