using Dapper;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Catalog.Measuring;

internal sealed class LoudnessStore(Database database)
{
    /// <summary>Tracks read at a time.</summary>
    private const int PageSize = 64;

    /// <summary>The first tracks after an id whose sound was not measured.</summary>
    public Task<UnmeasuredTrack[]> UnmeasuredAsync(string afterId, CancellationToken cancellationToken) =>
        database.ReadAsync<UnmeasuredTrack[]>(
            async connection =>
            [
                .. await connection.QueryAsync<UnmeasuredTrack>(
                    """
                    SELECT id, path, fingerprint
                    FROM tracks
                    WHERE present = 1 AND coalesce(loudness_of, '') <> fingerprint AND id > @afterId
                    ORDER BY id
                    LIMIT @PageSize
                    """,
                    new { afterId, PageSize }),
            ],
            cancellationToken);

    /// <summary>Whether no other node measured it meanwhile.</summary>
    public Task<bool> IsUnmeasuredAsync(UnmeasuredTrack track, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.ExecuteScalarAsync<bool>(
                "SELECT COUNT(*) FROM tracks WHERE id = @Id AND present = 1 AND coalesce(loudness_of, '') <> @Fingerprint", track),
            cancellationToken);

    /// <summary>Keeps what was measured of a track, or that nothing can be.</summary>
    public Task SaveAsync(UnmeasuredTrack track, MeasuredLoudness? measured, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync(
                "UPDATE tracks SET loudness = @Loudness, peak = @Peak, loudness_of = @Fingerprint WHERE id = @Id",
                new { track.Id, track.Fingerprint, Loudness = measured?.Loudness, Peak = measured?.Peak }),
            cancellationToken);
}

/// <summary>A track that was not measured yet, and the content that is to be.</summary>
internal sealed record UnmeasuredTrack(string Id, string Path, string Fingerprint);
