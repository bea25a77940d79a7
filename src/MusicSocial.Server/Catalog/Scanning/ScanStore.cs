using Dapper;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Catalog.Scanning;

internal sealed class ScanStore(Database database)
{
    /// <summary>Tracks shown or hidden by one write, about 10 ms of it.</summary>
    private const int PresentBatch = 500;

    /// <summary>All tracks that ever were, hidden ones too.</summary>
    public Task<IReadOnlyList<KnownTrack>> KnownAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<KnownTrack>>(
            async connection =>
                [.. await connection.QueryAsync<KnownTrack>(
                    """
                    SELECT id, title, artist, path, size_bytes, modified_ms, changed_ms, fingerprint, duration_ms, present, cover_stamp, lyrics_stamp, read_version
                    FROM tracks
                    """)],
            cancellationToken);

    /// <summary>Shows or hides tracks whose file came back or went away: in batches, so that other writes get their turn in between.</summary>
    public async Task SetPresentAsync(IReadOnlyCollection<string> ids, bool present, CancellationToken cancellationToken)
    {
        foreach (var batch in ids.Order(StringComparer.Ordinal).Chunk(PresentBatch))
        {
            await database.WriteAsync(
                connection => connection.ExecuteAsync(
                    "UPDATE tracks SET present = @present WHERE id = @id", batch.Select(id => new { id, present = present ? 1 : 0 })),
                cancellationToken);
        }
    }

    /// <summary>Writes tracks that were read, new or changed, and makes them visible.</summary>
    public Task SaveAsync(IReadOnlyCollection<ScannedTrack> tracks, double nowMs, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
            {
                // In one order on every node, so that two of them do not wait for each other.
                foreach (var track in tracks.OrderBy(track => track.Id, StringComparer.Ordinal))
                {
                    List<string> words = [.. SearchText.IndexWords(track.Title), .. SearchText.IndexWords(track.Artist), .. SearchText.IndexWords(track.Album ?? "")];
                    await connection.ExecuteAsync(UpsertTrack, ToColumns(track, words, nowMs));
                    await connection.ExecuteAsync("DELETE FROM track_words WHERE track_id = @Id", new { track.Id });
                    await connection.ExecuteAsync(
                        "INSERT INTO track_words (word, track_id) VALUES (@word, @Id)",
                        SearchText.IndexEntries(words).Select(word => new { word, track.Id }));
                }
            },
            cancellationToken);

    private const string UpsertTrack =
        """
        INSERT INTO tracks (
            id, title, artist, album, duration_ms, title_key, words, present, path, size_bytes, modified_ms, fingerprint,
            content_type, cover_path, cover_stamp, lyrics_path, lyrics_stamp, lyrics_uploaded, added_at_ms, changed_ms, read_version)
        VALUES (
            @Id, @Title, @Artist, @Album, @DurationMs, @TitleKey, @Words, 1, @Path, @SizeBytes, @ModifiedMs, @Fingerprint,
            @ContentType, @CoverPath, @CoverStamp, @LyricsPath, @LyricsStamp, 0, @AddedAtMs, @ChangedMs, @ReadVersion)
        ON CONFLICT (id) DO UPDATE SET
            title = excluded.title, artist = excluded.artist, album = excluded.album,
            duration_ms = CASE WHEN tracks.length_of = excluded.fingerprint THEN tracks.duration_ms ELSE excluded.duration_ms END,
            title_key = excluded.title_key, words = excluded.words, present = 1, path = excluded.path,
            size_bytes = excluded.size_bytes, modified_ms = excluded.modified_ms, fingerprint = excluded.fingerprint,
            content_type = excluded.content_type, cover_path = excluded.cover_path, cover_stamp = excluded.cover_stamp,
            lyrics_path = excluded.lyrics_path, lyrics_stamp = excluded.lyrics_stamp, changed_ms = excluded.changed_ms, read_version = excluded.read_version
        """;

    private static object ToColumns(ScannedTrack track, List<string> words, double nowMs) => new
    {
        track.Id,
        track.Title,
        track.Artist,
        track.Album,
        track.DurationMs,
        TitleKey = SearchText.Fold(track.Title),
        Words = $" {string.Join(' ', words)}",
        track.File.Path,
        track.File.SizeBytes,
        track.File.ModifiedMs,
        track.File.Fingerprint,
        track.File.ContentType,
        track.File.Beside.CoverPath,
        track.File.Beside.CoverStamp,
        track.File.Beside.LyricsPath,
        track.File.Beside.LyricsStamp,
        AddedAtMs = (long)nowMs,
        track.ChangedMs,
        ReadVersion = TrackReader.Version,
    };
}

/// <summary>A track as the scanner found it.</summary>
internal sealed record ScannedTrack(string Id, string Title, string Artist, string? Album, long DurationMs, AudioFile File)
{
    /// <summary>Last change of the file of any kind, Unix milliseconds; 0 when it is unknown.</summary>
    public long ChangedMs { get; init; }
}
