using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Hosting;

namespace MusicSocial.Server.Comments;

/// <summary>The <c>track:</c> topics: live comments under a song; everybody signed in may follow.</summary>
internal sealed class TrackTopic(Tracks tracks, CommentHistory history) : ITopicKind
{
    public string Prefix => TopicNames.TrackPrefix;

    public Task AuthorizeAsync(string key, string userId, CancellationToken cancellationToken) => tracks.GetAsync(key, cancellationToken);

    public async Task<object?> SnapshotAsync(string key, string userId, CancellationToken cancellationToken)
    {
        var page = await history.ReadAsync(
            key, CommentOrder.Newest, null, null, null, Cursor.DefaultLimit, new CurrentUser(userId), cancellationToken);
        return new TrackSnapshot(page.Items, page.Total);
    }

    /// <summary>A comment is its author's voice, and a host's is always heard; what changes comments that were shown reaches everybody.</summary>
    public SamplingHint? SamplingHintOf(TopicEvent topicEvent) =>
        topicEvent.Type == CommentEvents.Posted
            ? new(topicEvent.Data.GetProperty("author").GetProperty("id").GetString(), topicEvent.Data.TryGetProperty(HostComment.Mark, out _))
            : null;
}
