namespace MusicSocial.Server.Catalog;

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

    public CatalogTrack ToCatalogTrack()
    {
        var file = new AudioFile(
            Path, SizeBytes, ModifiedMs, Fingerprint, ContentType, new Sidecars(CoverPath, CoverStamp, LyricsPath, LyricsStamp));
        return new CatalogTrack(ToTrack(file), file, Present);
    }

    private Track ToTrack(AudioFile file) =>
        new(
            Id, Title, Artist, Album, DurationMs,
            HasLyrics: LyricsUploaded || LyricsPath is not null,
            CoverUrl: $"/api/tracks/{Id}/cover?v={file.CoverVersion}",
            AudioUrl: $"/api/tracks/{Id}/audio?v={file.AudioVersion}",
            Loudness: IsMeasured ? Loudness : null,
            Peak: IsMeasured ? Peak : null);
}
