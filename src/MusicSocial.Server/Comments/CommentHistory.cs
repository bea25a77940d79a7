using MusicSocial.Server.Accounts;
using MusicSocial.Server.Api;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Relations;

namespace MusicSocial.Server.Comments;

/// <summary>Reads what was written under a song, with authors and the reader's own likes filled in.</summary>
internal sealed class CommentHistory(CommentListStore lists, CommentRooms rooms, Tracks tracks, Users users, Blocks blocks)
{
    /// <summary>The longest song a window may reach into: a day.</summary>
    private const double MaxWindowMs = 86_400_000;

    public async Task<CommentPage> ReadAsync(
        string trackId, CommentOrder order, double? fromMs, double? toMs, string? cursor, int limit, CurrentUser? reader, CancellationToken cancellationToken)
    {
        await tracks.GetAsync(trackId, cancellationToken);
        var window = CheckWindow(fromMs, toMs);
        var rows = await lists.ReadAsync(trackId, order, window, Cursor.Decode<CommentKey>(cursor), limit, cancellationToken);
        var page = Cursor.ToPage(rows, limit, row => KeyOf(row, order));
        return new CommentPage(
            await ToCommentsAsync(page.Items, reader, cancellationToken), page.Next, await lists.TotalAsync(trackId, cancellationToken));
    }

    public async Task<CommentMoments> MomentsAsync(string trackId, CancellationToken cancellationToken)
    {
        await tracks.GetAsync(trackId, cancellationToken);
        return new CommentMoments(await lists.MomentsAsync(trackId, cancellationToken));
    }

    private static CommentKey KeyOf(CommentRow row, CommentOrder order) => new(
        row.Id,
        order switch
        {
            CommentOrder.Position => row.PositionKey,
            CommentOrder.Hot => row.Likes,
            _ => 0,
        });

    private static PositionWindow? CheckWindow(double? fromMs, double? toMs)
    {
        if (fromMs is null && toMs is null)
            return null;
        var (from, to) = (fromMs ?? 0, toMs ?? MaxWindowMs);
        return from >= 0 && to >= from && to <= MaxWindowMs
            ? new PositionWindow((long)from, (long)to)
            : throw new RefusedException(CommentRefusals.PositionInvalid);
    }

    // A page may so be shorter than asked for: its cursor goes on behind what was read.
    private async Task<IReadOnlyList<CommentRow>> WithoutHiddenAsync(
        IReadOnlyList<CommentRow> rows, CurrentUser? reader, CancellationToken cancellationToken)
    {
        if (reader is null || await blocks.HiddenFromAsync(reader.Id, cancellationToken) is not { Count: > 0 } hidden)
            return rows;
        return [.. rows.Where(row => !hidden.Contains(row.AuthorId))];
    }

    private async Task<IReadOnlyList<Comment>> ToCommentsAsync(
        IReadOnlyList<CommentRow> found, CurrentUser? reader, CancellationToken cancellationToken)
    {
        var rows = await WithoutHiddenAsync(found, reader, cancellationToken);
        if (rows.Count == 0)
            return [];
        var authors = await users.GetAsync([.. rows.Select(row => row.AuthorId)], cancellationToken);
        var liked = reader is null ? null : await lists.LikedAsync([.. rows.Select(row => row.Id)], reader.Id, cancellationToken);
        var shown = await rooms.WithoutClosedAsync(rows, cancellationToken);
        return [.. shown.Select(row => row.ToComment(authors[row.AuthorId], liked?.Contains(row.Id) ?? false))];
    }
}
