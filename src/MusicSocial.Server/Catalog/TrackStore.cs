using Dapper;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Catalog;

internal sealed class TrackStore(Database database)
{
    private sealed record Row
    {
        public string Id { get; init; } = "";
        public string Title { get; init; } = "";
        public string Artist { get; init; } = "";
        public string? Album { get; init; }
        public long DurationMs { get; init; }
        public bool Present { get; init; }
        public bool HasLyrics { get; init; }
        public long CoverStamp { get; init; }
        public long ModifiedMs { get; init; }

        public CatalogTrack ToTrack() =>
            new(
                new Track(
                    Id, Title, Artist, Album, DurationMs, HasLyrics,
                    CoverUrl: $"/api/tracks/{Id}/cover?v={CoverStamp:x}",
                    AudioUrl: $"/api/tracks/{Id}/audio?v={ModifiedMs:x}"),
                Present);
    }

    /// <summary>The tracks with these ids, hidden ones too.</summary>
    public Task<IReadOnlyList<CatalogTrack>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<CatalogTrack>>(
            async connection =>
            {
                var rows = await connection.QueryAsync<Row>(
                    """
                    SELECT id, title, artist, album, duration_ms, present, cover_stamp, modified_ms,
                           lyrics_path IS NOT NULL OR lyrics_uploaded = 1 AS has_lyrics
                    FROM tracks
                    WHERE id IN @ids
                    """,
                    new { ids });
                return [.. rows.Select(row => row.ToTrack())];
            },
            cancellationToken);

    /// <summary>Writes what a scan found, new or changed, and makes it visible.</summary>
    public Task SaveAsync(IReadOnlyCollection<ScannedTrack> tracks, double nowMs, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
            {
                foreach (var track in tracks)
                {
                    var words = SearchText.Words($"{track.Title} {track.Artist} {track.Album}");
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
            content_type, cover_path, cover_stamp, lyrics_path, lyrics_stamp, lyrics_uploaded, added_at_ms)
        VALUES (
            @Id, @Title, @Artist, @Album, @DurationMs, @TitleKey, @Words, 1, @Path, @SizeBytes, @ModifiedMs, @Fingerprint,
            @ContentType, @CoverPath, @CoverStamp, @LyricsPath, @LyricsStamp, 0, @AddedAtMs)
        ON CONFLICT (id) DO UPDATE SET
            title = excluded.title, artist = excluded.artist, album = excluded.album, duration_ms = excluded.duration_ms,
            title_key = excluded.title_key, words = excluded.words, present = 1, path = excluded.path,
            size_bytes = excluded.size_bytes, modified_ms = excluded.modified_ms, fingerprint = excluded.fingerprint,
            content_type = excluded.content_type, cover_path = excluded.cover_path, cover_stamp = excluded.cover_stamp,
            lyrics_path = excluded.lyrics_path, lyrics_stamp = excluded.lyrics_stamp
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
        CoverPath = track.File.Cover?.Path,
        CoverStamp = track.File.Cover?.Stamp ?? track.File.ModifiedMs,
        LyricsPath = track.File.Lyrics?.Path,
        LyricsStamp = track.File.Lyrics?.Stamp ?? 0,
        AddedAtMs = (long)nowMs,
    };
}
