namespace MusicSocial.Server.Catalog.Scanning;

/// <summary>
/// Decides which track a file is, so that comments stay with their song. A song is its sound: wherever the same sound lies, and whatever its tags say, it is the
/// same track, heard from one of its files. Only where a sound is new, and its file took the place of one that is gone, do place and tags count together: the
/// song was encoded again. docs/catalog.md has the rules.
/// </summary>
internal sealed class TrackIdentity
{
    /// <summary>As far apart are two encodings of a recording.</summary>
    private static readonly TimeSpan SameLengthWithin = TimeSpan.FromSeconds(2);

    private readonly IReadOnlyDictionary<string, FoundAudio> _found;
    private readonly Dictionary<string, KnownTrack> _byId = [];
    private readonly Dictionary<string, KnownTrack> _byPath = [];
    private readonly Dictionary<string, HashSet<string>> _bySound = [];
    private readonly Dictionary<string, HashSet<string>> _byPlace = [];
    private readonly HashSet<string> _claimed = [];

    public TrackIdentity(IEnumerable<KnownTrack> known, IReadOnlyDictionary<string, FoundAudio> found)
    {
        _found = found;
        // Of several that lay at one path, the one whose file is there comes last and wins.
        foreach (var track in known.OrderBy(track => track.Present).ThenBy(IsAtItsPlace))
            Remember(track);
    }

    public KnownTrack? AtPath(string path) => _byPath.GetValueOrDefault(path);

    /// <summary>Whether the track is heard from a file that is there.</summary>
    public bool IsHeard(string id) =>
        _byId.TryGetValue(id, out var track) && (_claimed.Contains(id) || IsAtItsPlace(track));

    /// <summary>Decides by the sound alone, as far as that is possible before all files were read.</summary>
    public Identified Claim(ReadAudio read)
    {
        if (OwnerOf(read) is { } owner)
            return owner.Path != read.Found.Path && IsHeard(owner.Id) ? Identified.CopyOf(owner.Id) : Take(owner.Id, read);
        return Predecessors(read).Any() ? Identified.Later : Take(NewIdFor(read), read);
    }

    /// <summary>Decides on a file of a new sound in the place of another, after all files were read: what is not heard from elsewhere by now is gone.</summary>
    public Identified Settle(ReadAudio read)
    {
        if (OwnerOf(read) is not null)
            return Claim(read);
        var before = Predecessors(read).FirstOrDefault(track => IsSameSong(track, read));
        return Take(before?.Id ?? NewIdFor(read), read);
    }

    private Identified Take(string id, ReadAudio read)
    {
        _claimed.Add(id);
        var (title, artist) = TrackReader.NamesOf(id, read);
        Remember(new KnownTrack
        {
            Id = id,
            Title = title,
            Artist = artist,
            Path = read.Found.Path,
            SizeBytes = read.Found.SizeBytes,
            ModifiedMs = read.Found.ModifiedMs,
            ChangedMs = read.Found.ChangedMs,
            Fingerprint = read.Sound,
            DurationMs = (long)read.Duration.TotalMilliseconds,
            Present = true,
            CoverStamp = read.Found.CoverStamp,
            LyricsStamp = read.Found.LyricsStamp,
            ReadVersion = TrackReader.Version,
        });
        return Identified.As(id);
    }

    /// <summary>The track this sound belongs to: the one at this very place, else one that is not heard, else any. Null for a new sound.</summary>
    private KnownTrack? OwnerOf(ReadAudio read)
    {
        var owners = Tracks(_bySound, read.Sound).Concat(Tracks(_bySound, read.Fingerprint)).ToList();
        return owners.Find(track => track.Path == read.Found.Path) ?? owners.Find(track => !IsHeard(track.Id)) ?? owners.FirstOrDefault();
    }

    /// <summary>Tracks that lay where this file lies, in whatever format, and are not heard any more.</summary>
    private IEnumerable<KnownTrack> Predecessors(ReadAudio read) =>
        Tracks(_byPlace, PlaceOf(read.Found.Path)).Where(track => !IsHeard(track.Id)).OrderByDescending(track => track.Path == read.Found.Path).ThenByDescending(track => track.Present);

    private static bool IsSameSong(KnownTrack before, ReadAudio read)
    {
        var (title, artist) = TrackReader.NamesOf(before.Id, read);
        var (isTitle, isArtist) = (SearchText.Fold(title) == SearchText.Fold(before.Title), SearchText.Fold(artist) == SearchText.Fold(before.Artist));
        if (before.ReadVersion == TrackReader.Version)
            return isTitle && isArtist && read.Probed.Title is not null && !TrackReader.IsGeneric(title);
        // Its sound is not known: an earlier version read it.
        return (isTitle || isArtist) && (TimeSpan.FromMilliseconds(before.DurationMs) - read.Duration).Duration() <= SameLengthWithin;
    }

    private string NewIdFor(ReadAudio read)
    {
        // A song that was encoded again keeps an id that was made of its former sound.
        var id = Fingerprint.ToTrackId(read.Sound);
        for (var i = 2; _byId.ContainsKey(id); i++)
            id = Fingerprint.ToTrackId(Fingerprint.Of($"{read.Sound}/{i}"));
        return id;
    }

    private bool IsAtItsPlace(KnownTrack track) => _found.TryGetValue(track.Path, out var file) && track.IsSameAudio(file);

    private void Remember(KnownTrack track)
    {
        if (_byId.TryGetValue(track.Id, out var before))
        {
            _bySound[before.Fingerprint].Remove(before.Id);
            _byPlace[PlaceOf(before.Path)].Remove(before.Id);
        }

        _byId[track.Id] = track;
        _byPath[track.Path] = track;
        Add(_bySound, track.Fingerprint, track.Id);
        Add(_byPlace, PlaceOf(track.Path), track.Id);
    }

    private IEnumerable<KnownTrack> Tracks(Dictionary<string, HashSet<string>> index, string key) =>
        index.TryGetValue(key, out var ids) ? ids.Select(id => _byId[id]) : [];

    private static void Add(Dictionary<string, HashSet<string>> index, string key, string id)
    {
        if (!index.TryGetValue(key, out var ids))
            index[key] = ids = [];
        ids.Add(id);
    }

    private static string PlaceOf(string path) => path[..^Path.GetExtension(path).Length];
}

/// <summary>What a file was found to be.</summary>
/// <param name="Id">The track it is; null when it is a copy, or that is decided later.</param>
/// <param name="Original">The track it is a copy of, heard from another file.</param>
internal readonly record struct Identified(string? Id, string? Original)
{
    /// <summary>Not to be decided before all files were read.</summary>
    public static Identified Later => default;

    public static Identified As(string id) => new(id, null);

    public static Identified CopyOf(string id) => new(null, id);
}

/// <summary>What the catalog remembers of a track, as far as a scan needs it.</summary>
internal sealed record KnownTrack
{
    public string Id { get; init; } = "";
    public string Title { get; init; } = "";
    public string Artist { get; init; } = "";
    public string Path { get; init; } = "";
    public long SizeBytes { get; init; }
    public long ModifiedMs { get; init; }
    public long ChangedMs { get; init; }
    public string Fingerprint { get; init; } = "";
    public long DurationMs { get; init; }
    public bool Present { get; init; }
    public long CoverStamp { get; init; }
    public long LyricsStamp { get; init; }
    public long ReadVersion { get; init; }

    /// <summary>Whether this is the very file the track was read from, by this version of the reader, with the same files beside it.</summary>
    public bool IsUnchanged(FoundAudio found) =>
        ReadVersion == TrackReader.Version && IsSameAudio(found) && CoverStamp == found.CoverStamp && LyricsStamp == found.LyricsStamp;

    // Taggers may keep size and time of writing, and renaming keeps both: the time of any change tells.
    public bool IsSameAudio(FoundAudio found) =>
        Path == found.Path && SizeBytes == found.SizeBytes && ModifiedMs == found.ModifiedMs &&
        (ChangedMs == 0 || found.ChangedMs == 0 || ChangedMs == found.ChangedMs);
}
