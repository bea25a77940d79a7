using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Playback;

/// <summary>Topic <c>user:{id}</c>: what one person plays, for their audience. In a private session it goes on, silent.</summary>
internal sealed class UserTopic(Users users, Privacy privacy, NowPlayingDoor door, UserFollowers followers, UserEars ears, PlaybackTracker tracker)
    : ITopicKind
{
    public const string Name = TopicNames.UserPrefix;

    /// <summary>The one event of these topics.</summary>
    public const string NowPlaying = "nowPlaying";

    public string Prefix => Name;

    public static string TopicOf(string userId) => TopicNames.User(userId);

    public async Task AuthorizeAsync(string key, string userId, CancellationToken cancellationToken)
    {
        await users.GetAsync(key, cancellationToken);
        if (!await privacy.IsAudienceAsync(key, userId, cancellationToken))
            throw new RefusedException(PlaybackRefusals.Hidden);
    }

    public async Task<object?> SnapshotAsync(string key, string userId, CancellationToken cancellationToken) =>
        await door.SeeAsync(key, userId, cancellationToken);

    public async Task FollowedAsync(string key, string userId, string connectionId, CancellationToken cancellationToken)
    {
        followers.Add(key, connectionId, userId);
        try
        {
            await ears.OpenAsync(key, cancellationToken);
            // Whoever lost the right between being let in and being known here would be overlooked by those who part them.
            await AuthorizeAsync(key, userId, cancellationToken);
            // While nobody followed, what changed by itself went untold.
            await tracker.RefreshAsync(key, cancellationToken);
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
