using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Catalog;

namespace MusicSocial.Server.Lyrics;

/// <summary>Announces that a track's lyrics changed: to the caches of every node, and to the clients that have the track open.</summary>
internal sealed class LyricNews(ITopicPublisher topics, CacheInvalidationBus invalidation)
{
    public const string Subject = Tracks.LyricsSubject;

    /// <summary>Called once the change is durable, so it is not cancelled.</summary>
    public async Task TellAsync(string trackId, long revision, User? by)
    {
        await invalidation.PublishAsync(Subject, [trackId]);
        await topics.PublishAsync(
            TopicNames.Track(trackId), "lyrics.changed", new LyricsChanged(trackId, revision, by), idempotencyKey: null, CancellationToken.None);
    }
}
