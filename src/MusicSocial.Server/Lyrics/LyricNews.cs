using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Topics;

namespace MusicSocial.Server.Lyrics;

/// <summary>Tells everyone that the lyrics of a track are others: whoever has it open, and every node that sings along.</summary>
internal sealed class LyricNews(ITopicPublisher topics, CacheInvalidationBus bell)
{
    /// <summary>What the bell between nodes calls a track with other lyrics.</summary>
    public const string Subject = "lyrics";

    public async Task TellAsync(string trackId, long revision, User? by, CancellationToken cancellationToken)
    {
        await bell.PublishAsync(Subject, [trackId]);
        await topics.PublishAsync(
            TopicNames.Track(trackId), "lyrics.changed", new LyricsChanged(trackId, revision, by), idempotencyKey: null, cancellationToken);
    }
}
