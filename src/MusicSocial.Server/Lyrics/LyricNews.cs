using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Lyrics;

/// <summary>Tells everyone that the lyrics of a track are others.</summary>
internal sealed class LyricNews(ITopics topics, IEnumerable<ILyricsWatcher> watchers)
{
    public async Task TellAsync(string trackId, long revision, User? by, CancellationToken cancellationToken)
    {
        foreach (var watcher in watchers)
            watcher.LyricsChanged(trackId);
        await topics.PublishAsync(
            $"track:{trackId}", "lyrics.changed", new LyricsChanged(trackId, revision, by), idempotencyKey: null, cancellationToken);
    }
}
