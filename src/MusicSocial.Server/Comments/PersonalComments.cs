using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Comments;

/// <summary>What a person wrote under songs, and liked.</summary>
internal sealed class PersonalComments(CommentStore store, LiveComments comments, CommentNotices notices) : IPersonalData
{
    private const int BatchSize = 200;

    private sealed record Written(string Id, string TrackId, string? RoomId, string? ParentId, string Text, long? PositionMs, long CreatedAtMs, long? EditedAtMs, long Likes);

    public IEnumerable<ExportedFile> Export(string userId) =>
    [
        ExportedFile.List(
            "comments.json", (afterId, limit, cancellationToken) => store.OfAuthorAsync(userId, afterId, limit, cancellationToken), row => row.Id,
            row => new Written(row.Id, row.TrackId, row.RoomId, row.ParentId, row.Text, row.PositionMs, row.CreatedAtMs, row.EditedAtMs, row.Likes)),
        ExportedFile.List(
            "likes.json", (afterId, limit, cancellationToken) => store.LikedByAsync(userId, afterId, limit, cancellationToken), id => id, commentId => new { commentId }),
    ];

    /// <summary>Comments go from every open page, or stay under "Deleted account"; their notices, which show the name, go in either case.</summary>
    public async Task RemoveAsync(Departure departure, CancellationToken cancellationToken)
    {
        var author = new CurrentUser(departure.UserId);
        string? last = null;
        for (var rows = await NextAsync(); rows.Count > 0; rows = await NextAsync())
        {
            foreach (var row in rows)
            {
                if (departure.KeepsComments)
                    await notices.RetractAsync(row.Id);
                else
                    await comments.DeleteAsync(author, row.Id, cancellationToken);
            }

            last = rows[^1].Id;
        }

        for (var liked = await LikedAsync(); liked.Count > 0; liked = await LikedAsync())
        {
            foreach (var commentId in liked)
                await store.UnlikeAsync(commentId, departure.UserId, cancellationToken);
        }

        Task<IReadOnlyList<CommentRow>> NextAsync() => store.OfAuthorAsync(departure.UserId, last, BatchSize, cancellationToken);

        // Each removal makes the next ones the first.
        Task<IReadOnlyList<string>> LikedAsync() => store.LikedByAsync(departure.UserId, afterId: null, BatchSize, cancellationToken);
    }
}
