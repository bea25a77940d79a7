using System.Runtime.CompilerServices;
using MusicSocial.Client.Connection;
using MusicSocial.Client.Http;

namespace MusicSocial.Client.Comments;

/// <summary>What people write under songs. Live comments are the topic <c>track:{id}</c>.</summary>
public sealed class CommentsClient
{
    private readonly ApiClient _http;
    private readonly HubCalls _hub;

    internal CommentsClient(ApiClient http, HubCalls hub) => (_http, _hub) = (http, hub);

    /// <summary>Posts a comment. It is durable when this returns, and there once, however many connections it took.</summary>
    public Task<Comment> PostAsync(PostComment comment, CancellationToken cancellationToken = default) =>
        _hub.CallAsync<Comment>("PostComment", [comment], Repeatability.Repeatable, cancellationToken);

    /// <summary>Posts a comment under a song.</summary>
    public Task<Comment> PostAsync(string trackId, string text, CancellationToken cancellationToken = default) =>
        PostAsync(new PostComment(trackId, text), cancellationToken);

    /// <summary>A page of a song's comments.</summary>
    /// <param name="trackId">The song.</param>
    /// <param name="order">How they are sorted.</param>
    /// <param name="cursor">From an earlier page of the same list.</param>
    /// <param name="limit">1 to 200.</param>
    /// <param name="from">Only comments pinned at this position or later.</param>
    /// <param name="to">Only comments pinned before this position.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<CommentPage> ListAsync(
        string trackId, CommentOrder order = CommentOrder.Newest, string? cursor = null, int? limit = null, TimeSpan? from = null,
        TimeSpan? to = null, CancellationToken cancellationToken = default) =>
        _http.GetAsync<CommentPage>(
            Query.Of(
                $"/api/tracks/{Query.Segment(trackId)}/comments", ("order", order.ToString().ToLowerInvariant()), ("cursor", cursor),
                ("limit", limit), ("fromMs", from?.TotalMilliseconds), ("toMs", to?.TotalMilliseconds)),
            cancellationToken);

    /// <summary>All comments of a song, page after page.</summary>
    public async IAsyncEnumerable<Comment> ListAllAsync(
        string trackId, CommentOrder order = CommentOrder.Oldest, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? cursor = null;
        do
        {
            var page = await ListAsync(trackId, order, cursor, limit: 200, cancellationToken: cancellationToken);
            foreach (var comment in page.Items)
                yield return comment;
            cursor = page.Next;
        }
        while (cursor is not null);
    }

    /// <summary>How many comments are pinned to each second of a song.</summary>
    public Task<CommentMoments> MomentsAsync(string trackId, CancellationToken cancellationToken = default) =>
        _http.GetAsync<CommentMoments>($"/api/tracks/{Query.Segment(trackId)}/moments", cancellationToken);

    /// <summary>Changes the text of a comment; only its author may.</summary>
    public Task<Comment> EditAsync(string commentId, string text, CancellationToken cancellationToken = default) =>
        _http.PatchAsync<Comment>($"/api/comments/{Query.Segment(commentId)}", new EditComment(text), cancellationToken);

    /// <summary>Deletes a comment; its author may, and a moderator of the room it was written in.</summary>
    public Task DeleteAsync(string commentId, CancellationToken cancellationToken = default) =>
        _http.DeleteAsync<Nothing>($"/api/comments/{Query.Segment(commentId)}", cancellationToken);

    /// <summary>Likes a comment.</summary>
    public Task LikeAsync(string commentId, CancellationToken cancellationToken = default) =>
        _http.PutAsync<Nothing>($"/api/comments/{Query.Segment(commentId)}/like", null, cancellationToken);

    /// <summary>Takes a like back.</summary>
    public Task UnlikeAsync(string commentId, CancellationToken cancellationToken = default) =>
        _http.DeleteAsync<Nothing>($"/api/comments/{Query.Segment(commentId)}/like", cancellationToken);
}
