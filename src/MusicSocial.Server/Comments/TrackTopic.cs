using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Api;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Relations;

namespace MusicSocial.Server.Comments;

/// <summary>The <c>track:</c> topics: live comments under a song; every signed-in user may follow.</summary>
internal sealed class TrackTopic(Tracks tracks, CommentHistory history, Blocks blocks) : ITopicKind
{
    public string Prefix => TopicNames.TrackPrefix;

    public Task AuthorizeAsync(string key, string userId, CancellationToken cancellationToken) => tracks.GetAsync(key, cancellationToken);

    public async Task<object?> SnapshotAsync(string key, string userId, CancellationToken cancellationToken)
    {
        var page = await history.ReadAsync(
            key, CommentOrder.Newest, null, null, null, Cursor.DefaultLimit, new CurrentUser(userId), cancellationToken);
        return new TrackSnapshot(page.Items, page.Total);
    }

    /// <summary>Comments are sampled, a host's never left out; changes of comments that were shown are not sampled.</summary>
    public SamplingHint? SamplingHintOf(TopicEvent topicEvent) =>
        topicEvent.Type == CommentEvents.Posted ? new(topicEvent.Data.TryGetProperty(HostComment.Mark, out _)) : null;

    /// <summary>Who wrote a comment that was posted or edited.</summary>
    public string? AuthorOf(TopicEvent topicEvent) =>
        topicEvent.Type is CommentEvents.Posted or CommentEvents.Edited ? topicEvent.Data.GetProperty("author").GetProperty("id").GetString() : null;

    public ValueTask<IReadOnlySet<string>> HiddenAuthorsAsync(string userId, CancellationToken cancellationToken) =>
        blocks.HiddenFromAsync(userId, cancellationToken);

    /// <summary>A comment that was deleted meanwhile is not told any more.</summary>
    public IReadOnlyList<TopicEvent> Redact(IReadOnlyList<TopicEvent> events)
    {
        var deleted = events.Where(told => told.Type == CommentEvents.Deleted).Select(IdOf).ToHashSet();
        return deleted.Count == 0
            ? events
            : [.. events.Select(told => told.Type is CommentEvents.Posted or CommentEvents.Edited && deleted.Contains(IdOf(told)) ? told.Withhold() : told)];
    }

    private static string? IdOf(TopicEvent told) => told.Data.GetProperty("id").GetString();
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
