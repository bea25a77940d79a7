using System.Data.Common;
using Dapper;
using MusicSocial.Server.Api;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Catalog;

internal sealed class TrackStore(Database database, BasePath basePath)
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
                    WHERE id {database.Dialect.In("@ids")}
                    """,
                    new { ids = ids.ToArray() });
                return [.. rows.Select(row => row.ToCatalogTrack(basePath))];
            },
            cancellationToken);

    /// <summary>Artist and length of the tracks that can be heard with this folded title, the first 200.</summary>
    public Task<IReadOnlyList<NamedTrack>> FindByTitleAsync(string titleKey, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<NamedTrack>>(
            async connection =>
            [
                .. await connection.QueryAsync<NamedTrack>(
                    """
                    SELECT id AS Id, artist AS Artist, duration_ms AS DurationMs
                    FROM tracks
                    WHERE present = 1 AND title_key = @titleKey
                    ORDER BY id
                    LIMIT 200
                    """,
                    new { titleKey }),
            ],
            cancellationToken);

    /// <summary>Keeps the length of a track's sound as it was decoded; whether that is another than was known.</summary>
    public Task<bool> CorrectLengthAsync(string id, string fingerprint, long durationMs, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
            {
                await connection.ExecuteAsync("UPDATE tracks SET length_of = @fingerprint WHERE id = @id AND fingerprint = @fingerprint", new { id, fingerprint });
                return await connection.ExecuteAsync(
                    "UPDATE tracks SET duration_ms = @durationMs WHERE id = @id AND fingerprint = @fingerprint AND duration_ms <> @durationMs",
                    new { id, fingerprint, durationMs }) == 1;
            },
            cancellationToken);

    /// <summary>Marks, within the transaction that stores them, that a track got lyrics from elsewhere than its file.</summary>
    public static Task MarkLyricsAddedAsync(DbConnection connection, string id) =>
        connection.ExecuteAsync("UPDATE tracks SET lyrics_uploaded = 1 WHERE id = @id", new { id });
}

/// <summary>A row of <c>tracks</c>, as every query of this slice reads it.</summary>
internal sealed record TrackRow
{
    public const string Columns =
        """
        id, title, artist, album, duration_ms, title_key, present, path, size_bytes, modified_ms, fingerprint, content_type,
               cover_path, cover_stamp, lyrics_path, lyrics_stamp, lyrics_uploaded, loudness, peak, loudness_of
        """;

    public string Id { get; init; } = "";
    public string Title { get; init; } = "";
    public string Artist { get; init; } = "";
    public string? Album { get; init; }
    public long DurationMs { get; init; }
    public string TitleKey { get; init; } = "";
    public bool Present { get; init; }
    public string Path { get; init; } = "";
    public long SizeBytes { get; init; }
    public long ModifiedMs { get; init; }
    public string Fingerprint { get; init; } = "";
    public string ContentType { get; init; } = "";
    public string? CoverPath { get; init; }
    public long CoverStamp { get; init; }
    public string? LyricsPath { get; init; }
    public long LyricsStamp { get; init; }
    public bool LyricsUploaded { get; init; }
    public double? Loudness { get; init; }
    public double? Peak { get; init; }
    public string? LoudnessOf { get; init; }

    // What was measured may have been other sound than the file holds now.
    private bool IsMeasured => LoudnessOf == Fingerprint;

    public CatalogTrack ToCatalogTrack(BasePath basePath)
    {
        var file = new AudioFile(
            Path, SizeBytes, ModifiedMs, Fingerprint, ContentType, new Sidecars(CoverPath, CoverStamp, LyricsPath, LyricsStamp));
        return new CatalogTrack(ToTrack(file, basePath), file, Present);
    }

    private Track ToTrack(AudioFile file, BasePath basePath) =>
        new(
            Id, Title, Artist, Album, DurationMs,
            HasLyrics: LyricsUploaded || LyricsPath is not null,
            CoverUrl: basePath.To($"/api/tracks/{Id}/cover?v={file.CoverVersion}"),
            AudioUrl: basePath.To($"/api/tracks/{Id}/audio?v={file.AudioVersion}"),
            Loudness: IsMeasured ? Loudness : null,
            Peak: IsMeasured ? Peak : null);
}

/// <summary>What distinguishes tracks of one title.</summary>
internal sealed record NamedTrack(string Id, string Artist, long DurationMs);
