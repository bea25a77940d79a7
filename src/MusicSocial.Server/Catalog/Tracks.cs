using MusicSocial.Realtime.Cluster;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Catalog;

/// <summary>Finds tracks by id; those used lately are cached.</summary>
internal sealed class Tracks : IDisposable
{
    /// <summary>Invalidation subject of tracks whose lyrics changed, which may change <see cref="Track.HasLyrics"/> too.</summary>
    public const string LyricsSubject = "lyrics";

    /// <summary>Invalidation subject of changed tracks.</summary>
    private const string Subject = "track";

    /// <summary>Tracks kept, about 500 bytes each.</summary>
    private const int Capacity = 20_000;

    private readonly BoundedCache<string, CatalogTrack> _cached = new(Capacity);
    private readonly TrackStore _store;
    private readonly CacheInvalidationBus _invalidations;

    public Tracks(TrackStore store, CacheInvalidationBus invalidations)
    {
        (_store, _invalidations) = (store, invalidations);
        invalidations.Subscribe(Subject, _cached.Invalidate);
        invalidations.Subscribe(LyricsSubject, _cached.Invalidate);
    }

    /// <summary>The track with this id, if its file is there; refuses <c>track.not_found</c>.</summary>
    public async Task<Track> GetAsync(string id, CancellationToken cancellationToken) =>
        (await GetWithFileAsync(id, cancellationToken)).Track;

    /// <summary>
    /// The tracks with these ids, those that exist, by id; one query for all that are not cached. Tracks whose file is
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
        Ids.IsValid(id) && (await FindAsync([id], cancellationToken)).GetValueOrDefault(id) is { } found
            ? found
            : throw new RefusedException(CatalogRefusals.TrackNotFound);

    /// <summary>The catalog changed: every node drops what it has cached of these tracks.</summary>
    public ValueTask ChangedAsync(IReadOnlyCollection<string> ids) => _invalidations.PublishAsync(Subject, ids);

    /// <summary>The tracks with these ids, those that exist, with their files, by id; one query for all that are not cached.</summary>
    public async Task<IReadOnlyDictionary<string, CatalogTrack>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        await _cached.GetOrReadAsync(ids, missing => _store.FindAsync(missing, cancellationToken), track => track.Track.Id);

    public void Dispose() => _cached.Dispose();
}
