using Dapper;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Rooms;

/// <summary>A knock at rest: who waits to be let in, or was not let in.</summary>
internal sealed record KnockRow
{
    public string RoomId { get; init; } = "";
    public string UserId { get; init; } = "";
    public long AtMs { get; init; }
    public bool Refused { get; init; }
}

internal sealed class RoomKnockStore(Database database)
{
    private const string Columns = "room_id, user_id, at_ms, refused";

    /// <summary>
    /// Keeps a knock unless there is one of after <paramref name="sinceMs"/>, or as many as <paramref name="most"/> wait already. The knock that counts, and
    /// whether it is new; no knock when there are too many.
    /// </summary>
    public Task<(KnockRow? Knock, bool IsNew)> AddAsync(KnockRow knock, double sinceMs, int most, CancellationToken cancellationToken) =>
        database.WriteAsync<(KnockRow?, bool)>(
            async connection =>
            {
                await database.Dialect.LockAsync(connection, $"knocks {knock.RoomId}");
                await connection.ExecuteAsync(
                    "DELETE FROM room_knocks WHERE room_id = @RoomId AND at_ms <= @sinceMs", new { knock.RoomId, sinceMs = (long)sinceMs });
                var before = await connection.QuerySingleOrDefaultAsync<KnockRow>(
                    $"SELECT {Columns} FROM room_knocks WHERE room_id = @RoomId AND user_id = @UserId", knock);
                if (before is not null)
                    return (before, false);
                if (await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM room_knocks WHERE room_id = @RoomId AND refused = 0", knock) >= most)
                    return (null, false);
                await connection.ExecuteAsync(
                    "INSERT INTO room_knocks (room_id, user_id, at_ms, refused) VALUES (@RoomId, @UserId, @AtMs, 0)", knock);
                return (knock, true);
            },
            cancellationToken);

    /// <summary>Those who wait and knocked after <paramref name="sinceMs"/>, longest first.</summary>
    public Task<IReadOnlyList<KnockRow>> WaitingAsync(string roomId, double sinceMs, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<KnockRow>>(
            async connection =>
            [
                .. await connection.QueryAsync<KnockRow>(
                    $"SELECT {Columns} FROM room_knocks WHERE room_id = @roomId AND refused = 0 AND at_ms > @sinceMs ORDER BY at_ms, user_id",
                    new { roomId, sinceMs = (long)sinceMs }),
            ],
            cancellationToken);

    /// <summary>Answers a knock of after <paramref name="sinceMs"/>: one that is refused stays noted. False when none waits, or another was quicker.</summary>
    public Task<bool> TryAnswerAsync(string roomId, string userId, bool allowed, double sinceMs, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection => await connection.ExecuteAsync(
                allowed
                    ? "DELETE FROM room_knocks WHERE room_id = @roomId AND user_id = @userId AND refused = 0 AND at_ms > @sinceMs"
                    : "UPDATE room_knocks SET refused = 1 WHERE room_id = @roomId AND user_id = @userId AND refused = 0 AND at_ms > @sinceMs",
                new { roomId, userId, sinceMs = (long)sinceMs }) == 1,
            cancellationToken);

    /// <summary>Forgets what is older.</summary>
    public Task RemoveOlderAsync(double beforeMs, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync("DELETE FROM room_knocks WHERE at_ms < @beforeMs", new { beforeMs = (long)beforeMs }), cancellationToken);
}
