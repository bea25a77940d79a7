using Dapper;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Rooms;

internal sealed class RoomGuestStore(Database database)
{
    /// <summary>Whether a user was let in, or was last there, after this time.</summary>
    public Task<bool> ExpectsAsync(string roomId, string userId, double sinceMs, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection => await connection.ExecuteScalarAsync<long>(
                """
                SELECT COUNT(*)
                FROM room_guests
                WHERE room_id = @roomId AND user_id = @userId AND at_ms > @sinceMs
                """,
                new { roomId, userId, sinceMs = (long)sinceMs }) == 1,
            cancellationToken);

    /// <summary>Everyone who was let in and is not known to have left for good.</summary>
    public Task<IReadOnlyList<string>> AllAsync(string roomId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<string>>(
            async connection => [.. await connection.QueryAsync<string>("SELECT user_id FROM room_guests WHERE room_id = @roomId", new { roomId })],
            cancellationToken);

    /// <summary>Notes that a user was let in, and from which network when that is known.</summary>
    public Task AddAsync(string roomId, string userId, string? network, double nowMs, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync(
                """
                INSERT INTO room_guests (room_id, user_id, network, at_ms)
                VALUES (@roomId, @userId, @network, @nowMs)
                ON CONFLICT (room_id, user_id) DO UPDATE
                SET at_ms = excluded.at_ms, network = COALESCE(excluded.network, room_guests.network)
                """,
                new { roomId, userId, network, nowMs = (long)nowMs }),
            cancellationToken);

    /// <summary>Hub time at which a user was let in, or was last there; null when that is not known.</summary>
    public Task<long?> SinceAsync(string roomId, string userId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.ExecuteScalarAsync<long?>(
                "SELECT at_ms FROM room_guests WHERE room_id = @roomId AND user_id = @userId", new { roomId, userId }),
            cancellationToken);

    /// <summary>The network a user came from; null when it is not known.</summary>
    public Task<string?> NetworkOfAsync(string roomId, string userId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.ExecuteScalarAsync<string?>(
                "SELECT network FROM room_guests WHERE room_id = @roomId AND user_id = @userId", new { roomId, userId }),
            cancellationToken);

    /// <summary>Notes that a user who was let in was there until now; does nothing when they left for good.</summary>
    public Task RenewAsync(string roomId, string userId, double nowMs, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync(
                """
                UPDATE room_guests
                SET at_ms = @nowMs
                WHERE room_id = @roomId AND user_id = @userId
                """,
                new { roomId, userId, nowMs = (long)nowMs }),
            cancellationToken);

    public Task RemoveAsync(string roomId, string userId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync(
                """
                DELETE FROM room_guests
                WHERE room_id = @roomId AND user_id = @userId
                """,
                new { roomId, userId }),
            cancellationToken);

    /// <summary>Forgets where a user was let in.</summary>
    public Task RemoveOfAsync(string userId, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => connection.ExecuteAsync("DELETE FROM room_guests WHERE user_id = @userId", new { userId }), cancellationToken);

    /// <summary>Forgets those who have not been seen since.</summary>
    public Task RemoveOlderAsync(double beforeMs, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync(
                """
                DELETE FROM room_guests
                WHERE at_ms < @beforeMs
                """,
                new { beforeMs = (long)beforeMs }),
            cancellationToken);
}
