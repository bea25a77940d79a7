using Dapper;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Lyrics.Editing;

/// <summary>Lyrics and reports by their author.</summary>
internal sealed class PersonalLyricStore(Database database)
{
    /// <summary>A revision a person made.</summary>
    internal sealed record Revision
    {
        public string TrackId { get; init; } = "";

        [System.Text.Json.Serialization.JsonPropertyName("revision")]
        public long Number { get; init; }

        public string? Format { get; init; }
        public long CreatedAtMs { get; init; }

        /// <summary>The file as it came, in base 64.</summary>
        public byte[] Source { get; init; } = [];
    }

    /// <summary>A report a person made.</summary>
    internal sealed record Report
    {
        public string TrackId { get; init; } = "";

        [System.Text.Json.Serialization.JsonPropertyName("revision")]
        public long Number { get; init; }

        public string? Note { get; init; }
        public long CreatedAtMs { get; init; }
    }

    public Task<IEnumerable<Revision>> RevisionsAsync(string userId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.QueryAsync<Revision>(
                """
                SELECT track_id, revision AS number, format, created_at_ms, source
                FROM lyric_revisions
                WHERE user_id = @userId
                ORDER BY created_at_ms, track_id, revision
                """,
                new { userId }),
            cancellationToken);

    public Task<IEnumerable<Report>> ReportsAsync(string userId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.QueryAsync<Report>(
                "SELECT track_id, revision AS number, note, created_at_ms FROM lyric_reports WHERE user_id = @userId ORDER BY created_at_ms, track_id", new { userId }),
            cancellationToken);

    public Task RemoveReportsAsync(string userId, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => connection.ExecuteAsync("DELETE FROM lyric_reports WHERE user_id = @userId", new { userId }), cancellationToken);
}
