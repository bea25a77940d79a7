using Dapper;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Lyrics.Lrclib;

/// <summary>The small numbers by which LRCLIB's API names tracks.</summary>
internal sealed class LrclibNumberStore(Database database)
{
    private sealed record Row
    {
        public long Number { get; init; }
        public string TrackId { get; init; } = "";
    }

    /// <summary>The numbers of these tracks by id; those that have none yet get the next.</summary>
    public async Task<IReadOnlyDictionary<string, long>> OfAsync(IReadOnlyCollection<string> trackIds, CancellationToken cancellationToken)
    {
        var known = await FindAsync(trackIds, cancellationToken);
        var missing = trackIds.Where(id => !known.ContainsKey(id)).ToList();
        if (missing.Count == 0)
            return known;
        await database.WriteAsync(
            async connection =>
            {
                await database.Dialect.AloneAsync(connection, "lrclib-numbers");
                foreach (var trackId in missing)
                {
                    await connection.ExecuteAsync(
                        """
                        INSERT INTO lrclib_numbers (number, track_id)
                        SELECT COALESCE(MAX(number), 0) + 1, @trackId FROM lrclib_numbers WHERE 1 = 1
                        ON CONFLICT (track_id) DO NOTHING
                        """,
                        new { trackId });
                }
            },
            cancellationToken);
        return await FindAsync(trackIds, cancellationToken);
    }

    /// <summary>The track of a number; null when none has it.</summary>
    public Task<string?> TrackOfAsync(long number, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.ExecuteScalarAsync<string?>(
                "SELECT track_id FROM lrclib_numbers WHERE number = @number", new { number }),
            cancellationToken);

    private Task<Dictionary<string, long>> FindAsync(IReadOnlyCollection<string> trackIds, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection => (await connection.QueryAsync<Row>(
                $"""
                SELECT number, track_id
                FROM lrclib_numbers
                WHERE track_id {database.Dialect.Among("@ids")}
                """,
                new { ids = trackIds.ToArray() })).ToDictionary(row => row.TrackId, row => row.Number),
            cancellationToken);
}
