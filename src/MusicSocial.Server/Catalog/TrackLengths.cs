using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Topics;

namespace MusicSocial.Server.Catalog;

/// <summary>
/// The true lengths of tracks: those of the decoded sound. Headers are believed until a track was decoded; then its length is corrected, in the catalog and for
/// all who have the track open.
/// </summary>
internal sealed class TrackLengths(TrackStore store, Tracks tracks, CacheInvalidationBus invalidations, ITopicPublisher topics)
{
    /// <summary>Invalidation subject of tracks whose length was corrected.</summary>
    public const string Subject = "track-length";

    /// <summary>Takes the length of the sound a track has now, as it was decoded.</summary>
    /// <param name="trackId">The track.</param>
    /// <param name="sound">The fingerprint of what was decoded.</param>
    /// <param name="decoded">Its length.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task TakeAsync(string trackId, string sound, TimeSpan decoded, CancellationToken cancellationToken)
    {
        var durationMs = Math.Max(1, (long)Math.Round(decoded.TotalMilliseconds));
        if (!await store.CorrectLengthAsync(trackId, sound, durationMs, cancellationToken))
            return;
        await tracks.ChangedAsync([trackId]);
        await invalidations.PublishAsync(Subject, [trackId]);
        await topics.PublishAsync(TopicNames.Track(trackId), "track.length", new TrackLength(trackId, durationMs), idempotencyKey: null, CancellationToken.None);
    }
}
