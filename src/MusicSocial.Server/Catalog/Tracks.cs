using System.Collections.Concurrent;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Catalog;

/// <summary>Finds tracks by id; remembers those used lately.</summary>
internal sealed class Tracks
{
    /// <summary>Invalidation subject of tracks whose lyrics changed, which may change <see cref="Track.HasLyrics"/> too.</summary>
    public const string LyricsSubject = "lyrics";

    /// <summary>Invalidation subject of changed tracks.</summary>
    private const string Subject = "track";

    /// <summary>Tracks remembered, about 500 bytes each.</summary>
    private const int MaxRemembered = 20_000;

    private readonly ConcurrentDictionary<string, CatalogTrack> _remembered = new();
    private readonly TrackStore _store;
    private readonly CacheInvalidationBus _bell;
    private int _changes;

    public Tracks(TrackStore store, CacheInvalidationBus bell)
    {
        (_store, _bell) = (store, bell);
        bell.Subscribe(Subject, Forget);
        bell.Subscribe(LyricsSubject, Forget);
    }

    /// <summary>The track with this id, if its file is there; refuses <c>track.not_found</c>.</summary>
    public async Task<Track> GetAsync(string id, CancellationToken cancellationToken) =>
        (await GetWithFileAsync(id, cancellationToken)).Track;

    /// <summary>
    /// The tracks with these ids, those that exist, by id; one query for all that are not remembered. Tracks whose file is
    /// away are among them: comments, queues and listens still show what they were about.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, Track>> GetAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        (await FindAsync(ids, cancellationToken)).ToDictionary(pair => pair.Key, pair => pair.Value.Track);

    /// <summary>The track with its file, if that is there; refuses <c>track.not_found</c>.</summary>
    public async Task<CatalogTrack> GetWithFileAsync(string id, CancellationToken cancellationToken) =>
        await GetEvenHiddenAsync(id, cancellationToken) is { Present: true } found
            ? found
            : throw new RefusedException(CatalogRefusals.TrackNotFound);

    /// <summary>The track with its file, which may be away; refuses <c>track.not_found</c>.</summary>
    public async Task<CatalogTrack> GetEvenHiddenAsync(string id, CancellationToken cancellationToken) =>
        Ids.IsValid(id) && (_remembered.GetValueOrDefault(id) ?? (await FindAsync([id], cancellationToken)).GetValueOrDefault(id)) is { } found
            ? found
            : throw new RefusedException(CatalogRefusals.TrackNotFound);

    /// <summary>The catalog changed: every node forgets what it remembers of these tracks.</summary>
    public ValueTask ChangedAsync(IReadOnlyCollection<string> ids) => _bell.PublishAsync(Subject, ids);

    private void Forget(string? id)
    {
        Interlocked.Increment(ref _changes);
        if (id is null)
            _remembered.Clear();
        else
            _remembered.TryRemove(id, out _);
    }

    /// <summary>The tracks with these ids, those that exist, with their files, by id; one query for all that are not remembered.</summary>
    public async Task<IReadOnlyDictionary<string, CatalogTrack>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, CatalogTrack>(ids.Count);
        var missing = new List<string>();
        foreach (var id in ids.Distinct())
        {
            if (_remembered.TryGetValue(id, out var track))
                found[id] = track;
            else
                missing.Add(id);
        }

        if (missing.Count > 0)
        {
            var changesBefore = Volatile.Read(ref _changes);
            foreach (var track in await _store.FindAsync(missing, cancellationToken))
            {
                found[track.Track.Id] = track;
                // What changed while it was read may be old already: it is read again next time.
                if (changesBefore == Volatile.Read(ref _changes))
                    Remember(track);
            }
        }

        return found;
    }

    private void Remember(CatalogTrack track)
    {
        if (_remembered.Count >= MaxRemembered)
            _remembered.Clear();
        _remembered[track.Track.Id] = track;
    }
}
