using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Api;
using MusicSocial.Server.Inbox;
using MusicSocial.Server.Limits;
using MusicSocial.Server.Playback;
using MusicSocial.Server.Relations;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Friends;

/// <summary>Who follows whom. Following needs no consent; what a follower may see is decided by privacy.</summary>
internal sealed class Follows(
    FollowStore store, Blocks blocks, Users users, Inboxes inboxes, NowPlayingService nowPlaying, PlaybackPrivacy privacy, AudienceEnforcer audience,
    RateLimiter limiter, IOptions<LimitOptions> limits, IHubClock clock)
{
    private sealed record PageKey(string Id);

    private delegate Task<IReadOnlyList<Follow>> ReadFollows(string userId, string? beforeId, int limit, CancellationToken cancellationToken);

    /// <summary>A person as the viewer sees them; refuses <c>user.not_found</c>, also to whom they blocked.</summary>
    public async Task<Profile> ProfileAsync(string handle, string viewerId, CancellationToken cancellationToken) =>
        await ProfileAsync(await blocks.FindAsync(handle, viewerId, cancellationToken), viewerId, cancellationToken);

    /// <summary>A person as the viewer sees them.</summary>
    public async Task<Profile> ProfileAsync(User user, string viewerId, CancellationToken cancellationToken)
    {
        var mine = await blocks.ListsOfAsync(viewerId, cancellationToken);
        return (await store.CountAsync(user.Id, viewerId, cancellationToken)).ProfileOf(user, mine);
    }

    /// <summary>
    /// Follows; a follow that is already there stays as it is. The followed person gets one notice. Refuses <c>user.not_found</c> to whom they blocked, and
    /// <c>friends.blocked</c> to who blocked them.
    /// </summary>
    public async Task<Profile> FollowAsync(string followerId, string handle, CancellationToken cancellationToken)
    {
        var followed = await blocks.FindAsync(handle, followerId, cancellationToken);
        if (followed.Id == followerId)
            throw new RefusedException(RelationRefusals.Self);
        if (await blocks.AreBetweenAsync(followerId, followed.Id, cancellationToken))
            throw new RefusedException(RelationRefusals.Blocked);
        limiter.Acquire("follow", followerId, limits.Value.Follows);

        if (await store.TryAddAsync(Ids.New(clock.Now.Ms), followerId, followed.Id, cancellationToken))
        {
            var notice = new FollowerNotice(await users.GetAsync(followerId, cancellationToken));
            await inboxes.NotifyAsync(followed.Id, followerId, "follower", notice, $"follower:{followerId}", CancellationToken.None);
        }

        return await ProfileAsync(followed, followerId, cancellationToken);
    }

    /// <summary>Stops following; does nothing when there is nothing to stop.</summary>
    public async Task<Profile> UnfollowAsync(string followerId, string handle, CancellationToken cancellationToken)
    {
        var followed = await users.GetByHandleAsync(handle, cancellationToken);
        limiter.Acquire("follow", followerId, limits.Value.Follows);
        if (await store.TryRemoveAsync(followerId, followed.Id, cancellationToken))
        {
            await audience.RelationChangedAsync(followerId, followed.Id);
            await audience.RelationChangedAsync(followed.Id, followerId);
        }

        return await ProfileAsync(followed, followerId, cancellationToken);
    }

    /// <summary>Who follows a person, as far as they show it: nothing looks like no one.</summary>
    public Task<Page<User>> FollowersAsync(string handle, string viewerId, string? cursor, int? limit, CancellationToken cancellationToken) =>
        ConnectionsAsync(store.FollowersAsync, handle, viewerId, cursor, limit, cancellationToken);

    /// <summary>Whom a person follows, as far as they show it.</summary>
    public Task<Page<User>> FollowedAsync(string handle, string viewerId, string? cursor, int? limit, CancellationToken cancellationToken) =>
        ConnectionsAsync(store.FollowedAsync, handle, viewerId, cursor, limit, cancellationToken);

    /// <summary>The people a person follows, with what they play.</summary>
    public async Task<Page<Friend>> FriendsAsync(string userId, string? cursor, int? limit, CancellationToken cancellationToken)
    {
        var people = await PageAsync(store.FollowedAsync, userId, cursor, limit, cancellationToken);
        var playing = await nowPlaying.GetAsync([.. people.Items.Select(user => user.Id)], userId, cancellationToken);
        return new Page<Friend>([.. people.Items.Select(user => new Friend(user, playing.GetValueOrDefault(user.Id)))], people.Next);
    }

    private async Task<Page<User>> ConnectionsAsync(
        ReadFollows read, string handle, string viewerId, string? cursor, int? limit, CancellationToken cancellationToken)
    {
        var user = await blocks.FindAsync(handle, viewerId, cancellationToken);
        if (!await privacy.ShowsConnectionsAsync(user.Id, viewerId, cancellationToken))
            return new Page<User>([], null);
        var page = await PageAsync(read, user.Id, cursor, limit, cancellationToken);
        var hidden = await blocks.HiddenFromAsync(viewerId, cancellationToken);
        return hidden.Count == 0 ? page : page with { Items = [.. page.Items.Where(listed => !hidden.Contains(listed.Id))] };
    }

    private async Task<Page<User>> PageAsync(
        ReadFollows read, string userId, string? cursor, int? limit, CancellationToken cancellationToken)
    {
        var size = Cursor.Limit(limit);
        var before = Cursor.Decode<PageKey>(cursor);
        var follows = await read(userId, before?.Id, size + 1, cancellationToken);
        var page = Cursor.ToPage(follows, size, follow => new PageKey(follow.Id));
        var people = await users.GetAsync([.. page.Items.Select(follow => follow.UserId)], cancellationToken);
        return new Page<User>([.. page.Items.Select(follow => people[follow.UserId])], page.Next);
    }
}
