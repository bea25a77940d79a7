using Dapper;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Catalog;

internal sealed class TrackStore(Database database)
{
    /// <summary>The tracks with these ids, hidden ones too.</summary>
    public Task<IReadOnlyList<CatalogTrack>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<CatalogTrack>>(
            async connection =>
            {
                var rows = await connection.QueryAsync<TrackRow>(
                    $"""
                    SELECT {TrackRow.Columns}
                    FROM tracks
                    WHERE id {database.Dialect.Among("@ids")}
                    """,
                    new { ids = ids.ToArray() });
                return [.. rows.Select(row => row.ToCatalogTrack())];
            },
            cancellationToken);

    /// <summary>Notes that people gave the track lyrics of their own.</summary>
    public Task MarkLyricsUploadedAsync(string id, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync("UPDATE tracks SET lyrics_uploaded = 1 WHERE id = @id", new { id }),
            cancellationToken);
}
