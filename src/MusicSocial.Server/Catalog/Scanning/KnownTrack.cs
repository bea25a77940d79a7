namespace MusicSocial.Server.Catalog.Scanning;

/// <summary>What the catalog remembers of a track, as far as a scan needs it.</summary>
internal sealed record KnownTrack
{
    public string Id { get; init; } = "";
    public string Path { get; init; } = "";
    public long SizeBytes { get; init; }
    public long ModifiedMs { get; init; }
    public string Fingerprint { get; init; } = "";
    public long DurationMs { get; init; }
    public bool Present { get; init; }
    public long CoverStamp { get; init; }
    public long LyricsStamp { get; init; }

    /// <summary>Whether this is the very file the track was read from, with the same files beside it.</summary>
    public bool IsUnchanged(FoundAudio found) =>
        IsSameAudio(found) && CoverStamp == found.CoverStamp && LyricsStamp == found.LyricsStamp;

    public bool IsSameAudio(FoundAudio found) =>
        Path == found.Path && SizeBytes == found.SizeBytes && ModifiedMs == found.ModifiedMs;
}
