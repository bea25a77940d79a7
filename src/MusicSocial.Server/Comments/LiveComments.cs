using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Api;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Limits;
using MusicSocial.Server.Relations;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Comments;

/// <summary>Posts, edits, deletes and likes comments; each change is durable before it is answered, and published right after.</summary>
internal sealed class LiveComments(
    CommentStore store, CommentNotices notices, CommentRooms rooms, Tracks tracks, Users users, Blocks blocks, Staff staff, ITopicPublisher topics, RateLimiter limiter,
    IOptions<LimitOptions> limits, IHubClock clock)
{
    private const int TextLimit = 500;
    private const int ClientKeyLimit = 64;

    /// <summary>Half of what a topic's idempotency window lasts at least.</summary>
    private const long RepublishedWithinMs = 5 * 60 * 1000;

    /// <summary>Posts a comment; the same client key again returns the comment of the first time.</summary>
    public async Task<Comment> PostAsync(CurrentUser user, PostComment? request, CancellationToken cancellationToken)
    {
        if (request is null)
            throw new RefusedException(Refusals.MalformedRequest);
        var track = await tracks.GetAsync(request.TrackId ?? "", cancellationToken);
        var row = new CommentRow
        {
            Id = Ids.New(clock.Now.Ms),
            TrackId = track.Id,
            RoomId = request.RoomId,
            ParentId = request.ParentId,
            AuthorId = user.Id,
            ClientKey = CheckClientKey(request.ClientKey),
            Text = CheckText(request.Text),
            PositionMs = CheckPosition(request.PositionMs, track),
            CreatedAtMs = (long)clock.Now.Ms,
        };
        var parent = await FindParentAsync(row, cancellationToken);
        var room = await rooms.AdmitAsync(row, cancellationToken);
        var author = await users.GetAsync(user.Id, cancellationToken);
        if (!limiter.TryAcquire("comment", user.Id, limits.Value.Comments, out var flood))
            return (await store.FindRepeatedAsync(row, cancellationToken))?.ToComment(author, likedByMe: false) ?? throw new RefusedException(flood);

        var stored = await store.AddAsync(row, room.SlowMode, CommentNotices.Has(row), cancellationToken);
        // The comment is durable: from here on nothing is cancelled. A repetition is published again in case a crash kept it back the first time;
        // the keys make that harmless while topics remember them.
        if (row.CreatedAtMs - stored.CreatedAtMs < RepublishedWithinMs)
        {
            if (stored.RoomId != row.RoomId)
                room = await rooms.FindAsync(stored, CancellationToken.None);
            var shown = stored.ToComment(author, likedByMe: false) with { RoomId = room.Name };
            await PublishPostedAsync(shown, room.ByHost);
            if (CommentNotices.Has(stored))
                notices.Enqueue(shown, parent?.AuthorId);
        }

        return stored.ToComment(author, likedByMe: false);
    }

    /// <summary>Changes the text of one's own comment.</summary>
    public async Task<Comment> EditAsync(CurrentUser user, string id, EditComment request, CancellationToken cancellationToken)
    {
        var row = await GetAsync(id, cancellationToken);
        if (row.AuthorId != user.Id)
            throw new RefusedException(CommentRefusals.Forbidden);
        var text = CheckText(request.Text);
        limiter.Acquire("comment", user.Id, limits.Value.Comments);
        var author = await users.GetAsync(row.AuthorId, cancellationToken);
        var now = (long)clock.Now.Ms;
        if (!await store.EditAsync(id, text, now, cancellationToken))
            throw new RefusedException(CommentRefusals.Deleted);

        var edited = row with { Text = text, EditedAtMs = now };
        await PublishTextAsync(edited, author);
        return edited.ToComment(author, likedByMe: false);
    }

    /// <summary>Empties one's own comment, one in a room one moderates, or, for moderators of the hub, any; deleting again changes nothing.</summary>
    public async Task DeleteAsync(CurrentUser user, string id, CancellationToken cancellationToken)
    {
        var row = await GetAsync(id, cancellationToken);
        if (row.AuthorId != user.Id
            && !await rooms.IsModeratorAsync(row, user.Id, cancellationToken)
            && !await staff.IsModeratorAsync(user.Id, cancellationToken))
            throw new RefusedException(CommentRefusals.Forbidden);
        await RemoveAsync(row, cancellationToken);
    }

    /// <summary>Empties a comment, whoever asked for it; again, it changes nothing.</summary>
    public async Task RemoveAsync(CommentRow row, CancellationToken cancellationToken)
    {
        var isNew = await store.DeleteAsync(row, cancellationToken);
        // Again when it is asked for again: the last time may have ended here.
        await notices.RetractAsync(row.Id);
        if (isNew)
            await PublishDeletedAsync(row);
    }

    public Task LikeAsync(CurrentUser user, string id, CancellationToken cancellationToken) =>
        ChangeLikeAsync(user, id, store.LikeAsync, cancellationToken);

    public Task UnlikeAsync(CurrentUser user, string id, CancellationToken cancellationToken) =>
        ChangeLikeAsync(user, id, store.UnlikeAsync, cancellationToken);

    // The event itself marks a host's comment: every node takes the same sample, whatever it knows of the room.
    private async Task PublishPostedAsync(Comment shown, bool byHost)
    {
        var (topic, key) = (TopicNames.Track(shown.TrackId), $"posted:{shown.Id}");
        if (byHost)
            await topics.PublishAsync(topic, CommentEvents.Posted, new HostComment(shown), key, CancellationToken.None);
        else
            await topics.PublishAsync(topic, CommentEvents.Posted, shown, key, CancellationToken.None);
    }

    private async Task ChangeLikeAsync(
        CurrentUser user, string id, Func<string, string, CancellationToken, Task<long?>> change, CancellationToken cancellationToken)
    {
        var row = await GetForAsync(user.Id, id, cancellationToken);
        if (row.Deleted)
            throw new RefusedException(CommentRefusals.Deleted);
        limiter.Acquire("like", user.Id, limits.Value.Reactions);
        if (await change(id, user.Id, cancellationToken) is { } likes)
            await PublishLikesAsync(row, likes);
    }

    // Changes are committed in one order and may be published in another, by this node or two: what is stored is read again after publishing,
    // and published again when it changed meanwhile, so that the last event always carries the newest state.
    private async Task PublishLikesAsync(CommentRow row, long likes)
    {
        for (long? published = null; published != likes; likes = (await store.FindAsync(row.Id, CancellationToken.None))?.Likes ?? likes)
        {
            await topics.PublishAsync(TopicNames.Track(row.TrackId), CommentEvents.Likes, new CommentLikes(row.Id, likes), null, CancellationToken.None);
            published = likes;
        }
    }

    private async Task PublishTextAsync(CommentRow row, User author)
    {
        var room = await rooms.FindAsync(row, CancellationToken.None);
        for (CommentRow? published = null; published?.Text != row.Text; row = await store.FindAsync(row.Id, CancellationToken.None) ?? row)
        {
            if (row.Deleted)
            {
                await PublishDeletedAsync(row);
                return;
            }

            var shown = row.ToComment(author, likedByMe: false) with { RoomId = room.Name };
            await topics.PublishAsync(TopicNames.Track(row.TrackId), CommentEvents.Edited, shown, null, CancellationToken.None);
            published = row;
        }
    }

    private async Task PublishDeletedAsync(CommentRow row) =>
        await topics.PublishAsync(TopicNames.Track(row.TrackId), CommentEvents.Deleted, new CommentDeleted(row.Id), null, CancellationToken.None);

    private async Task<CommentRow> GetAsync(string id, CancellationToken cancellationToken) =>
        Ids.IsValid(id) && await store.FindAsync(id, cancellationToken) is { } row
            ? row
            : throw new RefusedException(CommentRefusals.NotFound);

    /// <summary>A comment that this person may see: between people of whom one blocked the other there is none.</summary>
    private async Task<CommentRow> GetForAsync(string userId, string id, CancellationToken cancellationToken)
    {
        var row = await GetAsync(id, cancellationToken);
        return await blocks.AreBetweenAsync(userId, row.AuthorId, cancellationToken) ? throw new RefusedException(CommentRefusals.NotFound) : row;
    }

    private async Task<CommentRow?> FindParentAsync(CommentRow reply, CancellationToken cancellationToken)
    {
        if (reply.ParentId is null)
            return null;
        var parent = await GetForAsync(reply.AuthorId, reply.ParentId, cancellationToken);
        return parent.TrackId == reply.TrackId ? parent : throw new RefusedException(CommentRefusals.NotFound);
    }

    private static string CheckText(string? text)
    {
        try
        {
            return CleanText.Lines(text, TextLimit);
        }
        catch (RefusedException refused)
        {
            throw new RefusedException(refused.Refusal.Code == Refusals.TextEmpty.Code ? CommentRefusals.Empty : CommentRefusals.TooLong);
        }
    }

    // Without a key a repetition cannot be recognised: every call is a new comment.
    private string CheckClientKey(string? key) => key switch
    {
        null => Ids.New(clock.Now.Ms),
        { Length: > 0 and <= ClientKeyLimit } when !key.Any(char.IsControl) => key,
        _ => throw new RefusedException(CommentRefusals.ClientKeyInvalid),
    };

    private static long? CheckPosition(double? positionMs, Track track) => positionMs switch
    {
        null => null,
        >= 0 when positionMs <= track.DurationMs => (long)positionMs,
        _ => throw new RefusedException(CommentRefusals.PositionInvalid),
    };
}
