using MusicSocial.Server.Playback;

namespace MusicSocial.Server.Friends;

/// <summary>Answers privacy's question from the follow graph.</summary>
internal sealed class FriendCircle(FollowStore store) : IFriendCircle
{
    public Task<IReadOnlySet<string>> MutualAsync(string userId, IReadOnlyCollection<string> others, CancellationToken cancellationToken) =>
        store.MutualAsync(userId, others, cancellationToken);
}
