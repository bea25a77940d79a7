using MusicSocial.Server.Playback.Cues;
using MusicSocial.Server.Rooms;

namespace MusicSocial.Server.Playback;

/// <summary>What this node has to do with people's playback: who of them is followed here, and which rooms must be heard for that.</summary>
internal sealed class LocalAudience(UserFollowers followers, CueSubscriptions cues, RoomNotes notes, RoomRepository rooms, RoomConnections connections)
{
    /// <summary>Whether a connection here follows the person, or the cues of what they play.</summary>
    public bool IsAnybodyFollowing(string userId) => followers.Any(userId) || cues.Find(UserTopic.TopicOf(userId)) is not null;

    /// <summary>Whether the person is followed here, or sits in a room here.</summary>
    public bool IsOurs(string userId, PersonPlayback person) =>
        IsAnybodyFollowing(userId) || RoomLines.RoomsOf(person).Any(roomId => connections.Has(roomId, userId));

    /// <summary>Takes note of the rooms somebody is in: if they are followed here, those rooms have to be heard.</summary>
    public async ValueTask NoteAsync(string userId, IEnumerable<string> roomIds, CancellationToken cancellationToken)
    {
        foreach (var roomId in notes.Follow(userId, IsAnybodyFollowing(userId) ? roomIds : []))
            await rooms.FollowAsync(roomId, cancellationToken);
    }
}
