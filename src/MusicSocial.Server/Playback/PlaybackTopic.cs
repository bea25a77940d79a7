using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Relations;

namespace MusicSocial.Server.Playback;

/// <summary>Topic <c>user:{id}</c>: what one person plays, for their audience. In a private session it stays, and announces nothing.</summary>
internal sealed class PlaybackTopic(Users users, Blocks blocks, PlaybackPrivacy privacy, NowPlayingService nowPlaying, PlaybackFollowers followers, PlaybackTracker tracker)
    : ITopicKind
{
    /// <summary>The one event of these topics.</summary>
    public const string NowPlaying = "nowPlaying";

    public string Prefix => TopicNames.UserPrefix;

    public async Task AuthorizeAsync(string key, string userId, CancellationToken cancellationToken)
    {
        // Who was blocked learns no more than of a person who does not exist.
        if ((await blocks.ListsOfAsync((await users.GetAsync(key, cancellationToken)).Id, cancellationToken)).Blocked.Contains(userId))
            throw new RefusedException(AccountRefusals.UserNotFound);
        if (!await privacy.IsAudienceAsync(key, userId, cancellationToken))
            throw new RefusedException(PlaybackRefusals.Hidden);
    }

    public async Task<object?> SnapshotAsync(string key, string userId, CancellationToken cancellationToken) =>
        await nowPlaying.GetAsync(key, userId, cancellationToken);

    public async Task FollowedAsync(string key, string userId, string connectionId, CancellationToken cancellationToken)
    {
        followers.Add(key, connectionId, userId);
        try
        {
            // A right lost between the first check and being known here would be overlooked by the enforcer.
            await AuthorizeAsync(key, userId, cancellationToken);
            // Without followers, changes without a report were not announced.
            await tracker.FollowAsync(key, cancellationToken);
        }
        catch
        {
            followers.Remove(key, connectionId);
            throw;
        }
    }

    public Task UnfollowedAsync(string key, string userId, string connectionId, CancellationToken cancellationToken)
    {
        followers.Remove(key, connectionId);
        return Task.CompletedTask;
    }
}
