using System.Collections.Frozen;
using Dapper;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Relations;

/// <summary>What one person decided about others.</summary>
internal enum PersonalList
{
    /// <summary>Neither sees the other any more.</summary>
    Blocked = 1,

    /// <summary>Only the owner does not see them.</summary>
    Muted = 2,

    /// <summary>They are in the owner's innermost circle.</summary>
    Close = 3,
}

/// <summary>The lists of one person.</summary>
internal sealed record PersonalLists(string OwnerId, FrozenSet<string> Blocked, FrozenSet<string> Muted, FrozenSet<string> Close);

internal sealed class PersonalListStore(Database database)
{
    /// <summary>People on one list of one person.</summary>
    public const int MaxListed = 1_000;

    /// <summary>Blockers of one person that are read to hide what they write from that person.</summary>
    private const int MaxBlockers = 10_000;

    private sealed record Row
    {
        public string OwnerId { get; init; } = "";
        public PersonalList Kind { get; init; }
        public string OtherId { get; init; } = "";
    }

    /// <summary>False when the person is on the list already; refuses <c>list.full</c>.</summary>
    public Task<bool> TryAddAsync(string id, string ownerId, PersonalList kind, string otherId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
            {
                await database.Dialect.LockAsync(connection, $"list:{ownerId}");
                var added = await connection.ExecuteAsync(
                    """
                    INSERT INTO personal_lists (id, owner_id, kind, other_id)
                    VALUES (@id, @ownerId, @kind, @otherId)
                    ON CONFLICT (owner_id, kind, other_id) DO NOTHING
                    """,
                    new { id, ownerId, kind, otherId }) == 1;
                if (added && await connection.ExecuteScalarAsync<int>(
                    "SELECT COUNT(*) FROM personal_lists WHERE owner_id = @ownerId AND kind = @kind", new { ownerId, kind }) > MaxListed)
                    throw new RefusedException(RelationRefusals.ListFull);
                return added;
            },
            cancellationToken);

    /// <summary>False when the person is not on the list.</summary>
    public Task<bool> TryRemoveAsync(string ownerId, PersonalList kind, string otherId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection => await connection.ExecuteAsync(
                "DELETE FROM personal_lists WHERE owner_id = @ownerId AND kind = @kind AND other_id = @otherId", new { ownerId, kind, otherId }) == 1,
            cancellationToken);

    /// <summary>The lists of each of these people.</summary>
    public Task<IReadOnlyList<PersonalLists>> ReadAsync(IReadOnlyCollection<string> ownerIds, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<PersonalLists>>(
            async connection =>
            {
                var rows = (await connection.QueryAsync<Row>(
                    $"SELECT owner_id, kind, other_id FROM personal_lists WHERE owner_id {database.Dialect.In("@ownerIds")}",
                    new { ownerIds = ownerIds.ToArray() })).ToLookup(row => (row.OwnerId, row.Kind), row => row.OtherId);
                return
                [
                    .. ownerIds.Distinct().Select(owner => new PersonalLists(
                        owner, rows[(owner, PersonalList.Blocked)].ToFrozenSet(), rows[(owner, PersonalList.Muted)].ToFrozenSet(),
                        rows[(owner, PersonalList.Close)].ToFrozenSet())),
                ];
            },
            cancellationToken);

    /// <summary>Who blocked this person; of more than 10,000 the latest.</summary>
    public Task<IReadOnlyList<string>> BlockersOfAsync(string userId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<string>>(
            async connection =>
            [
                .. await connection.QueryAsync<string>(
                    """
                    SELECT owner_id
                    FROM personal_lists
                    WHERE other_id = @userId AND kind = @Blocked
                    ORDER BY id DESC
                    LIMIT @MaxBlockers
                    """,
                    new { userId, PersonalList.Blocked, MaxBlockers }),
            ],
            cancellationToken);

    /// <summary>Removes a person's lists, and them from the lists of others.</summary>
    public Task RemoveOfAsync(string userId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync("DELETE FROM personal_lists WHERE owner_id = @userId OR other_id = @userId", new { userId }), cancellationToken);

    /// <summary>One page of a list, the latest first.</summary>
    public Task<IReadOnlyList<Follow>> PageAsync(string ownerId, PersonalList kind, string? beforeId, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Follow>>(
            async connection =>
            [
                .. await connection.QueryAsync<Follow>(
                    """
                    SELECT id AS Id, other_id AS UserId
                    FROM personal_lists
                    WHERE owner_id = @ownerId AND kind = @kind AND id < @beforeId
                    ORDER BY id DESC
                    LIMIT @limit
                    """,
                    new { ownerId, kind, beforeId = beforeId ?? Ids.AfterAll, limit }),
            ],
            cancellationToken);
}
