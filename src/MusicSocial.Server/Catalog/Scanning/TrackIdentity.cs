namespace MusicSocial.Server.Catalog.Scanning;

/// <summary>
/// Decides which track a file is, so that comments stay with their song. A file that changed in place but kept its length is
/// the same track (retagged, re-encoded); the same content at another place is the same track (moved, renamed, returned);
/// the same content at two places is one track, heard from the first.
/// </summary>
internal sealed class TrackIdentity
{
    private const long SameLengthWithinMs = 2000;

    private readonly IReadOnlyDictionary<string, FoundAudio> _found;
    private readonly Dictionary<string, KnownTrack> _byId = [];
    private readonly Dictionary<string, KnownTrack> _byPath = [];
    private readonly Dictionary<string, KnownTrack> _byFingerprint = [];
    private readonly HashSet<string> _claimed = [];

    public TrackIdentity(IEnumerable<KnownTrack> known, IReadOnlyDictionary<string, FoundAudio> found)
    {
        _found = found;
        // Present ones last: they win over hidden ones that once lay at the same path.
        foreach (var track in known.OrderBy(track => track.Present))
            Remember(track);
    }

    public IEnumerable<KnownTrack> All => _byId.Values;

    public KnownTrack? AtPath(string path) => _byPath.GetValueOrDefault(path);

    /// <summary>Whether the track is heard from a file that is there.</summary>
    public bool IsHeard(string id) =>
        _byId.TryGetValue(id, out var track) && (_claimed.Contains(id) || IsAtItsPlace(track));

    /// <summary>The id for a file that was read, which claims it; null when it is a copy of a track that is heard from another file.</summary>
    public string? Claim(FoundAudio file, string fingerprint, long durationMs)
    {
        var id = Identify(file, fingerprint, durationMs);
        if (id is null)
            return null;
        _claimed.Add(id);
        Remember(new KnownTrack
        {
            Id = id,
            Path = file.Path,
            SizeBytes = file.SizeBytes,
            ModifiedMs = file.ModifiedMs,
            Fingerprint = fingerprint,
            DurationMs = durationMs,
            Present = true,
            CoverStamp = file.CoverStamp,
            LyricsStamp = file.LyricsStamp,
        });
        return id;
    }

    /// <summary>The track this content belongs to, wherever it is heard from.</summary>
    public string OwnerOf(string fingerprint) =>
        _byFingerprint.TryGetValue(fingerprint, out var twin) ? twin.Id : Fingerprint.ToTrackId(fingerprint);

    private string? Identify(FoundAudio file, string fingerprint, long durationMs)
    {
        if (AtPath(file.Path) is { } here && !_claimed.Contains(here.Id) &&
            (here.Fingerprint == fingerprint || Math.Abs(here.DurationMs - durationMs) <= SameLengthWithinMs))
        {
            return here.Id;
        }

        var owner = OwnerOf(fingerprint);
        return IsHeard(owner) ? null : owner;
    }

    private bool IsAtItsPlace(KnownTrack track) => _found.TryGetValue(track.Path, out var file) && track.IsSameAudio(file);

    private void Remember(KnownTrack track)
    {
        _byId[track.Id] = track;
        _byPath[track.Path] = track;
        _byFingerprint[track.Fingerprint] = track;
    }
}

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
