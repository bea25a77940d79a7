using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Api;
using MusicSocial.Server.Inbox;
using MusicSocial.Server.Limits;
using MusicSocial.Server.Playback;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Friends;

/// <summary>Who follows whom. Following needs no consent; what a follower may see is decided by privacy.</summary>
internal sealed class Follows(
    FollowStore store, Users users, Inboxes inboxes, NowPlayingService nowPlaying, AudienceEnforcer audience, RateLimiter limiter, IOptions<LimitOptions> limits,
    IHubClock clock)
{
    private sealed record PageKey(string Id);

    private delegate Task<IReadOnlyList<Follow>> ReadFollows(string userId, string? beforeId, int limit, CancellationToken cancellationToken);

    public async Task<Profile> ProfileAsync(string handle, string viewerId, CancellationToken cancellationToken)
    {
        var user = await users.GetByHandleAsync(handle, cancellationToken);
        return (await store.CountAsync(user.Id, viewerId, cancellationToken)).ProfileOf(user);
    }

    /// <summary>Follows; a follow that is already there stays as it is. The followed person gets one notice.</summary>
    public async Task<Profile> FollowAsync(string followerId, string handle, CancellationToken cancellationToken)
    {
        var followed = await users.GetByHandleAsync(handle, cancellationToken);
        if (followed.Id == followerId)
            throw new RefusedException(FriendRefusals.Self);
        limiter.Acquire("follow", followerId, limits.Value.Follows);

        if (await store.TryAddAsync(Ids.New(clock.Now.Ms), followerId, followed.Id, cancellationToken))
        {
            var notice = new FollowerNotice(await users.GetAsync(followerId, cancellationToken));
            await inboxes.NotifyAsync(followed.Id, "follower", notice, $"follower:{followerId}", CancellationToken.None);
        }

        return (await store.CountAsync(followed.Id, followerId, cancellationToken)).ProfileOf(followed);
    }

    /// <summary>Stops following; does nothing when there is nothing to stop.</summary>
    public async Task<Profile> UnfollowAsync(string followerId, string handle, CancellationToken cancellationToken)
    {
        var followed = await users.GetByHandleAsync(handle, cancellationToken);
        limiter.Acquire("follow", followerId, limits.Value.Follows);
        if (await store.TryRemoveAsync(followerId, followed.Id, cancellationToken))
        {
            // They are not mutual followers any more.
            await audience.MutualFollowEndedAsync(followerId, followed.Id);
            await audience.MutualFollowEndedAsync(followed.Id, followerId);
        }

        return (await store.CountAsync(followed.Id, followerId, cancellationToken)).ProfileOf(followed);
    }

    public async Task<Page<User>> FollowersAsync(string handle, string? cursor, int? limit, CancellationToken cancellationToken) =>
        await PageAsync(store.FollowersAsync, (await users.GetByHandleAsync(handle, cancellationToken)).Id, cursor, limit, cancellationToken);

    public async Task<Page<User>> FollowedAsync(string handle, string? cursor, int? limit, CancellationToken cancellationToken) =>
        await PageAsync(store.FollowedAsync, (await users.GetByHandleAsync(handle, cancellationToken)).Id, cursor, limit, cancellationToken);

    /// <summary>The people a person follows, with what they play.</summary>
    public async Task<Page<Friend>> FriendsAsync(string userId, string? cursor, int? limit, CancellationToken cancellationToken)
    {
        var people = await PageAsync(store.FollowedAsync, userId, cursor, limit, cancellationToken);
        var playing = await nowPlaying.GetAsync([.. people.Items.Select(user => user.Id)], userId, cancellationToken);
        return new Page<Friend>([.. people.Items.Select(user => new Friend(user, playing.GetValueOrDefault(user.Id)))], people.Next);
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
