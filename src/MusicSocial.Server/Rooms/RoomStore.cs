using System.Text;
using Dapper;
using MusicSocial.Server.Storage;
using MusicSocial.Sync;

namespace MusicSocial.Server.Rooms;

/// <summary>Rooms at rest: what outlives the live state.</summary>
internal sealed class RoomStore(Database database)
{
    private sealed record Row(long Revision, string Document)
    {
        public LiveRoom ToRoom() => new(Revision, RoomDocument.Read(Encoding.UTF8.GetBytes(Document)));
    }

    /// <summary>Adds a new room; false when its code is taken.</summary>
    public Task<bool> TryAddAsync(LiveRoom room, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection => await connection.ExecuteAsync(
                """
                INSERT INTO rooms (id, code, revision, document, listed, awake, listeners, created_at_ms)
                VALUES (@Id, @Code, @Revision, @Document, @Listed, @Awake, 0, @CreatedAtMs)
                ON CONFLICT (code) DO NOTHING
                """,
                ToColumns(room)) == 1,
            cancellationToken);

    /// <summary>Keeps a room's newer revision; an older one than is kept already changes nothing.</summary>
    public Task SaveAsync(LiveRoom room, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => connection.ExecuteAsync(Save, ToColumns(room)), cancellationToken);

    /// <summary>The same; the room that is kept under the very same revision when it is another one, and null when all is well.</summary>
    public Task<LiveRoom?> SaveUnlessTakenAsync(LiveRoom room) =>
        database.WriteAsync(
            async connection => await connection.ExecuteAsync(Save, ToColumns(room)) == 1
                ? null
                : (await connection.QuerySingleOrDefaultAsync<Row>(
                    """
                    SELECT revision, document
                    FROM rooms
                    WHERE id = @Id AND revision = @Revision AND document <> @Document
                    """,
                    ToColumns(room)))?.ToRoom(),
            CancellationToken.None);

    public Task<LiveRoom?> FindAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection => (await connection.QuerySingleOrDefaultAsync<Row>(
                """
                SELECT revision, document
                FROM rooms
                WHERE id = @id
                """,
                new { id }))?.ToRoom(),
            cancellationToken);

    public Task<string?> FindIdAsync(string code, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<string>(
                """
                SELECT id
                FROM rooms
                WHERE code = @code
                """,
                new { code }),
            cancellationToken);

    /// <summary>Public rooms with people in them, and empty ones that were opened after <paramref name="openedAfterMs"/>: busiest first, after the given place.</summary>
    public Task<IReadOnlyList<DirectoryPlace>> ListAsync(DirectoryPlace? after, double openedAfterMs, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<DirectoryPlace>>(
            async connection => [.. await connection.QueryAsync<DirectoryPlace>(
                """
                SELECT listeners, id
                FROM rooms
                WHERE listed = 1 AND (listeners, id) < (@Listeners, @Id) AND (listeners > 0 OR created_at_ms > @openedAfterMs)
                ORDER BY listeners DESC, id DESC
                LIMIT @limit
                """,
                new { Listeners = after?.Listeners ?? int.MaxValue, Id = after?.Id ?? "", openedAfterMs = (long)openedAfterMs, limit })],
            cancellationToken);

    /// <summary>Ids of the rooms that have members, or had when the hub went down.</summary>
    public Task<IReadOnlyList<string>> AwakeAsync(CancellationToken cancellationToken) =>
        IdsAsync("SELECT id FROM rooms WHERE awake = 1 ORDER BY id", cancellationToken);

    /// <summary>Ids of the rooms that were last counted as not empty.</summary>
    public Task<IReadOnlyList<string>> CountedAsync(CancellationToken cancellationToken) =>
        IdsAsync(Counted, cancellationToken);

    internal const string Counted = "SELECT id FROM rooms WHERE listeners > 0 ORDER BY id";

    /// <summary>Keeps how many people are in each room.</summary>
    public Task SaveListenersAsync(IReadOnlyCollection<DirectoryPlace> counts, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync(
                """
                UPDATE rooms
                SET listeners = @Listeners
                WHERE id = @Id
                """,
                // In one order on every node, so that two of them do not wait for each other.
                counts.OrderBy(count => count.Id, StringComparer.Ordinal)),
            cancellationToken);

    /// <summary>Rooms that were used since this was last noted, or are, count as used now.</summary>
    public Task NoteUsedAsync(long nowMs, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync("UPDATE rooms SET used_at_ms = @nowMs WHERE used_at_ms IS NULL OR awake = 1 OR listeners > 0", new { nowMs }),
            cancellationToken);

    /// <summary>Ids of rooms that were last used before this time, the longest unused first.</summary>
    public Task<IReadOnlyList<string>> UnusedAsync(long beforeMs, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<string>>(
            async connection =>
            [
                .. await connection.QueryAsync<string>(
                    "SELECT id FROM rooms WHERE used_at_ms < @beforeMs AND awake = 0 AND listeners = 0 ORDER BY used_at_ms LIMIT @limit", new { beforeMs, limit }),
            ],
            cancellationToken);

    /// <summary>Removes a closed room, with what was said in it.</summary>
    public Task RemoveAsync(string id, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
            {
                await connection.ExecuteAsync("DELETE FROM room_chat WHERE room_id = @id", new { id });
                await connection.ExecuteAsync("DELETE FROM room_guests WHERE room_id = @id", new { id });
                await connection.ExecuteAsync("DELETE FROM room_knocks WHERE room_id = @id", new { id });
                await connection.ExecuteAsync("DELETE FROM rooms WHERE id = @id", new { id });
            },
            cancellationToken);

    private Task<IReadOnlyList<string>> IdsAsync(string sql, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<string>>(async connection => [.. await connection.QueryAsync<string>(sql)], cancellationToken);

    private const string Save =
        """
        UPDATE rooms
        SET revision = @Revision, document = @Document, listed = @Listed, awake = @Awake, used_at_ms = NULL
        WHERE id = @Id AND revision < @Revision
        """;

    private static object ToColumns(LiveRoom live) => new
    {
        live.Room.Id,
        live.Room.Code,
        live.Revision,
        Document = Encoding.UTF8.GetString(RoomDocument.Write(live.Room)),
        Listed = live.Room is { Closed: false, Settings.Visibility: RoomVisibility.Public } ? 1 : 0,
        Awake = live.Room is { Closed: false, Vacant: false } ? 1 : 0,
        CreatedAtMs = (long)live.Room.CreatedAt.Ms,
    };
}

/// <summary>Where a room stands in the directory.</summary>
/// <param name="Listeners">How many people were in it when last counted.</param>
/// <param name="Id">The room.</param>
internal sealed record DirectoryPlace(long Listeners, string Id);
