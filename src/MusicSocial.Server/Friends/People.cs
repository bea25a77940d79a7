using Microsoft.Extensions.Options;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Api;
using MusicSocial.Server.Inbox;
using MusicSocial.Server.Limits;
using MusicSocial.Server.Playback;
using MusicSocial.Server.Relations;

namespace MusicSocial.Server.Friends;

/// <summary>Whom a person blocks, mutes and counts as close friends: changes the lists, and makes each change true for what is followed already.</summary>
internal sealed class People(
    PersonalListStore store, FollowStore follows, Blocks blocks, Follows profiles, Users users, Inboxes inboxes, AudienceEnforcer audience, RateLimiter limiter,
    IOptions<LimitOptions> limits)
{
    private sealed record PageKey(string Id);

    /// <summary>Puts a person on one of the owner's lists; they are not told. A block ends the follows between the two and empties the inbox of them.</summary>
    public async Task<Profile> AddAsync(string ownerId, PersonalList kind, string handle, CancellationToken cancellationToken)
    {
        var other = await FindAsync(ownerId, handle, cancellationToken);
        await blocks.AddAsync(ownerId, kind, other.Id, cancellationToken);
        if (kind == PersonalList.Blocked)
            await PartAsync(ownerId, other.Id);
        return await profiles.ProfileAsync(other, ownerId, cancellationToken);
    }

    /// <summary>Takes a person off one of the owner's lists. Follows that a block ended do not come back.</summary>
    public async Task<Profile> RemoveAsync(string ownerId, PersonalList kind, string handle, CancellationToken cancellationToken)
    {
        var other = await FindAsync(ownerId, handle, cancellationToken);
        await blocks.RemoveAsync(ownerId, kind, other.Id, cancellationToken);
        if (kind == PersonalList.Close)
            await audience.RelationChangedAsync(ownerId, other.Id);
        return await profiles.ProfileAsync(other, ownerId, cancellationToken);
    }

    /// <summary>One of the owner's lists, the latest first; for no other person.</summary>
    public async Task<Page<User>> ListAsync(string ownerId, PersonalList kind, string? cursor, int? limit, CancellationToken cancellationToken)
    {
        var size = Cursor.Limit(limit);
        var rows = await store.PageAsync(ownerId, kind, Cursor.Decode<PageKey>(cursor)?.Id, size + 1, cancellationToken);
        var page = Cursor.ToPage(rows, size, row => new PageKey(row.Id));
        var people = await users.GetAsync([.. page.Items.Select(row => row.UserId)], cancellationToken);
        return new Page<User>([.. page.Items.Where(row => people.ContainsKey(row.UserId)).Select(row => people[row.UserId])], page.Next);
    }

    // Found even by whom they blocked: one may block back, and unblock.
    private async Task<User> FindAsync(string ownerId, string handle, CancellationToken cancellationToken)
    {
        var other = await users.GetByHandleAsync(handle, cancellationToken);
        limiter.Acquire("follow", ownerId, limits.Value.Follows);
        return other;
    }

    // The block is durable: what follows from it is not cancelled, and done again when it is asked for again.
    private async Task PartAsync(string ownerId, string otherId)
    {
        await follows.TryRemoveAsync(ownerId, otherId, CancellationToken.None);
        await follows.TryRemoveAsync(otherId, ownerId, CancellationToken.None);
        await inboxes.RemoveFromAsync(ownerId, otherId, CancellationToken.None);
        await inboxes.RemoveFromAsync(otherId, ownerId, CancellationToken.None);
        await audience.RelationChangedAsync(ownerId, otherId);
        await audience.RelationChangedAsync(otherId, ownerId);
    }
}
