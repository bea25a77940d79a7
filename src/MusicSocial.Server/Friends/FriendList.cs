using MusicSocial.Server.Playback;

namespace MusicSocial.Server.Friends;

/// <summary>The people one follows, with what they play.</summary>
internal sealed class FriendList(Follows follows, NowPlayingDoor door)
{
    public async Task<Page<Friend>> ReadAsync(string userId, string? cursor, int? limit, CancellationToken cancellationToken)
    {
        var people = await follows.FollowedByAsync(userId, cursor, limit, cancellationToken);
        var playing = await door.SeeAsync([.. people.Items.Select(user => user.Id)], userId, cancellationToken);
        return new Page<Friend>([.. people.Items.Select(user => new Friend(user, playing.GetValueOrDefault(user.Id)))], people.Next);
    }
}
