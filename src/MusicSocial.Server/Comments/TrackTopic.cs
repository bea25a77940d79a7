using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Api;
using MusicSocial.Server.Catalog;

namespace MusicSocial.Server.Comments;

/// <summary>The <c>track:</c> topics: live comments under a song; every signed-in user may follow.</summary>
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

    /// <summary>Comments are sampled by author, a host's never left out; changes of comments that were shown are not sampled.</summary>
    public SamplingHint? SamplingHintOf(TopicEvent topicEvent) =>
        topicEvent.Type == CommentEvents.Posted
            ? new(topicEvent.Data.GetProperty("author").GetProperty("id").GetString(), topicEvent.Data.TryGetProperty(HostComment.Mark, out _))
            : null;
}

/// <summary>Event types of comments on a <c>track:</c> topic.</summary>
internal static class CommentEvents
{
    public const string Posted = "comment.posted";
    public const string Edited = "comment.edited";
    public const string Deleted = "comment.deleted";
    public const string Likes = "comment.likes";
}

/// <summary>A comment of the host of the room it was written in, as a live event carries it: no sample leaves it out.</summary>
internal sealed record HostComment : Comment
{
    /// <summary>Name of <see cref="ByHost"/> on the wire.</summary>
    public const string Mark = "byHost";

    public HostComment(Comment comment)
        : base(comment)
    {
    }

    public bool ByHost { get; } = true;
}
