using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Hosting;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Comments;

/// <summary>Everything one can do to a comment; each change is durable before it is answered, and live right after.</summary>
internal sealed class LiveComments(
    CommentStore store, CommentNotices notices, CommentRooms rooms, Tracks tracks, Users users, AccountStore accounts, ITopicPublisher topics, RateGate gate,
    IOptions<LimitOptions> limits, IHubClock clock)
{
    private const int TextLimit = 500;
    private const int ClientKeyLimit = 64;

    /// <summary>Half of what a topic's idempotency window lasts at least.</summary>
    private const long RetoldWithinMs = 5 * 60 * 1000;

    /// <summary>Posts a comment; the same client key again returns the comment of the first time.</summary>
    public async Task<Comment> PostAsync(CurrentUser author, PostComment? request, CancellationToken cancellationToken)
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
            AuthorId = author.Id,
            ClientKey = CheckClientKey(request.ClientKey),
            Text = CheckText(request.Text),
            PositionMs = CheckPosition(request.PositionMs, track),
            CreatedAtMs = (long)clock.Now.Ms,
        };
        var parent = await FindParentAsync(row, cancellationToken);
        await rooms.CheckAsync(row, cancellationToken);
        if (!gate.TryPass("comment", author.Id, limits.Value.Comments, out var flood))
            return await RepetitionAsync(row, cancellationToken) ?? throw new RefusedException(flood);

        var stored = await store.AddAsync(row, cancellationToken);
        var comment = stored.ToComment(await users.GetAsync(stored.AuthorId, cancellationToken), likedByMe: false);
        // A repetition tells the world again what a crash may have kept back; the keys make that harmless while topics remember them.
        if (row.CreatedAtMs - stored.CreatedAtMs < RetoldWithinMs)
        {
            var shown = await ShowAsync(stored);
            await TellPostedAsync(shown);
            await notices.TellAsync(shown, parent, CancellationToken.None);
        }

        return comment;
    }

    /// <summary>Changes the text of one's own comment.</summary>
    public async Task<Comment> EditAsync(CurrentUser user, string id, EditComment request, CancellationToken cancellationToken)
    {
        var row = await GetAsync(id, cancellationToken);
        if (row.AuthorId != user.Id)
            throw new RefusedException(CommentRefusals.Forbidden);
        var text = CheckText(request.Text);
        gate.Pass("comment", user.Id, limits.Value.Comments);
        var now = (long)clock.Now.Ms;
        if (!await store.EditAsync(id, text, now, cancellationToken))
            throw new RefusedException(CommentRefusals.Deleted);

        var edited = row with { Text = text, EditedAtMs = now };
        var comment = edited.ToComment(await users.GetAsync(row.AuthorId, cancellationToken), likedByMe: false);
        await TellTextAsync(edited);
        return comment;
    }

    /// <summary>Empties one's own comment, one in a room one moderates, or, for operators, any; deleting again changes nothing.</summary>
    public async Task DeleteAsync(CurrentUser user, string id, CancellationToken cancellationToken)
    {
        var row = await GetAsync(id, cancellationToken);
        if (row.AuthorId != user.Id
            && !await rooms.IsModeratorAsync(row, user.Id, cancellationToken)
            && !await accounts.IsOperatorAsync(user.Id, cancellationToken))
            throw new RefusedException(CommentRefusals.Forbidden);
        if (await store.DeleteAsync(row, cancellationToken))
            await TellDeletedAsync(row);
    }

    public Task LikeAsync(CurrentUser user, string id, CancellationToken cancellationToken) =>
        ChangeLikeAsync(user, id, store.LikeAsync, cancellationToken);

    public Task UnlikeAsync(CurrentUser user, string id, CancellationToken cancellationToken) =>
        ChangeLikeAsync(user, id, store.UnlikeAsync, cancellationToken);

    // A comment that is sent again gets its first answer, however much its author has written since.
    private async Task<Comment?> RepetitionAsync(CommentRow row, CancellationToken cancellationToken) =>
        await store.FindRepeatedAsync(row, cancellationToken) is { } stored
            ? stored.ToComment(await users.GetAsync(stored.AuthorId, cancellationToken), likedByMe: false)
            : null;

    // The event itself says that it is a host's: every node, whatever it knows of the room, takes the same sample.
    private async Task TellPostedAsync(Comment shown)
    {
        var (topic, key) = (TopicNames.Track(shown.TrackId), $"posted:{shown.Id}");
        if (await rooms.IsHostsAsync(shown, CancellationToken.None))
            await topics.PublishAsync(topic, CommentEvents.Posted, new HostComment(shown), key, CancellationToken.None);
        else
            await topics.PublishAsync(topic, CommentEvents.Posted, shown, key, CancellationToken.None);
    }

    // What everybody gets: without the author's own view of it.
    private async Task<Comment> ShowAsync(CommentRow row)
    {
        var shown = await rooms.ForEverybodyAsync([row], CancellationToken.None);
        return shown[0].ToComment(await users.GetAsync(row.AuthorId, CancellationToken.None), likedByMe: false);
    }

    private async Task ChangeLikeAsync(
        CurrentUser user, string id, Func<string, string, CancellationToken, Task<long?>> change, CancellationToken cancellationToken)
    {
        var row = await GetAsync(id, cancellationToken);
        if (row.Deleted)
            throw new RefusedException(CommentRefusals.Deleted);
        gate.Pass("like", user.Id, limits.Value.Reactions);
        if (await change(id, user.Id, cancellationToken) is { } likes)
            await TellLikesAsync(row, likes);
    }

    // Changes are committed in one order and may be told in another, by this node or two: whoever told what is so no longer tells again,
    // so that the last word is always the newest.
    private async Task TellLikesAsync(CommentRow row, long likes)
    {
        for (long? told = null; told != likes; likes = (await store.FindAsync(row.Id, CancellationToken.None))?.Likes ?? likes)
        {
            await topics.PublishAsync(TopicNames.Track(row.TrackId), CommentEvents.Likes, new CommentLikes(row.Id, likes), null, CancellationToken.None);
            told = likes;
        }
    }

    private async Task TellTextAsync(CommentRow row)
    {
        for (CommentRow? told = null; told?.Text != row.Text; row = await store.FindAsync(row.Id, CancellationToken.None) ?? row)
        {
            if (row.Deleted)
            {
                await TellDeletedAsync(row);
                return;
            }

            await topics.PublishAsync(TopicNames.Track(row.TrackId), CommentEvents.Edited, await ShowAsync(row), null, CancellationToken.None);
            told = row;
        }
    }

    private async Task TellDeletedAsync(CommentRow row) =>
        await topics.PublishAsync(TopicNames.Track(row.TrackId), CommentEvents.Deleted, new CommentDeleted(row.Id), null, CancellationToken.None);

    private async Task<CommentRow> GetAsync(string id, CancellationToken cancellationToken) =>
        Ids.IsValid(id) && await store.FindAsync(id, cancellationToken) is { } row
            ? row
            : throw new RefusedException(CommentRefusals.NotFound);

    private async Task<CommentRow?> FindParentAsync(CommentRow reply, CancellationToken cancellationToken)
    {
        if (reply.ParentId is null)
            return null;
        var parent = await GetAsync(reply.ParentId, cancellationToken);
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

    // Without a key there is nothing to recognise a repetition by: every call is a new comment.
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
