using Dapper;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Admin;

internal sealed class PeopleStore(Database database)
{
    private sealed record Row
    {
        public string Id { get; init; } = "";
        public string Handle { get; init; } = "";
        public string DisplayName { get; init; } = "";
        public bool Guest { get; init; }
        public int Role { get; init; }
        public long CreatedAtMs { get; init; }
        public long? SeenAtMs { get; init; }
        public long? SuspendedUntilMs { get; init; }
        public string? SuspendedFor { get; init; }

        public PersonRecord ToRecord() =>
            new(new User(Id, Handle, DisplayName, Guest), (HubRole)Role, CreatedAtMs, SeenAtMs, SuspendedUntilMs, SuspendedFor);
    }

    /// <summary>People whose handle begins so (all with an empty one), in the order of their handles.</summary>
    public Task<IReadOnlyList<PersonRecord>> FindAsync(string handlePrefix, string afterKey, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<PersonRecord>>(
            async connection =>
            {
                var rows = await connection.QueryAsync<Row>(
                    """
                    SELECT id, handle, display_name, guest, CASE WHEN operator = 1 THEN 2 ELSE moderator END AS role,
                           created_at_ms, seen_at_ms, suspended_until_ms, suspended_for
                    FROM users
                    WHERE handle_key > @afterKey AND handle_key >= @first AND handle_key < @beyond
                    ORDER BY handle_key
                    LIMIT @limit
                    """,
                    new { afterKey, first = Handles.KeyOf(handlePrefix), beyond = Handles.KeyOf(handlePrefix) + '\uffff', limit });
                return [.. rows.Select(row => row.ToRecord())];
            },
            cancellationToken);
}
