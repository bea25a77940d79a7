using Dapper;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Catalog;

/// <summary>What tells tracks of one title apart.</summary>
internal sealed record NamedTrack(string Id, string Artist, long DurationMs);

internal sealed class TrackNameStore(Database database)
{
    /// <summary>Tracks of one title looked at.</summary>
    private const int Limit = 200;

    public Task<IReadOnlyList<NamedTrack>> FindAsync(string titleKey, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<NamedTrack>>(
            async connection =>
            [
                .. await connection.QueryAsync<NamedTrack>(
                    """
                    SELECT id AS Id, artist AS Artist, duration_ms AS DurationMs
                    FROM tracks
                    WHERE present = 1 AND title_key = @titleKey
                    ORDER BY id
                    LIMIT @Limit
                    """,
                    new { titleKey, Limit }),
            ],
            cancellationToken);
}
