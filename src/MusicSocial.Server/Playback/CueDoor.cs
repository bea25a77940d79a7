using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Rooms;
using MusicSocial.Sync;

namespace MusicSocial.Server.Playback;

/// <summary>Lets connections follow the lyric cues of rooms and people: whoever may follow the topic may follow its cues.</summary>
internal sealed class CueDoor(
    IEnumerable<ITopicKind> kinds, CuePump pump, PlaybackTracker tracker, LiveRooms rooms, RoomEars roomEars, UserEars userEars)
{
    private readonly Dictionary<string, ITopicKind> _kinds =
        kinds.Where(kind => kind.Prefix is "room" or UserTopic.Name).ToDictionary(kind => kind.Prefix);

    /// <summary>Begins; does nothing when the connection follows already. Ends by itself with the connection.</summary>
    public async Task FollowAsync(string topic, string connectionId, string userId, CancellationToken connectionAborted)
    {
        await AuthorizeAsync(topic, userId, connectionAborted);
        if (!pump.TryFollow(topic, connectionId, userId, connectionAborted))
            return;
        // Whoever lost the right in between would be overlooked by those who part them.
        await RecheckAsync(topic, connectionAborted);

        var (kind, key) = Parse(topic);
        if (kind.Prefix == UserTopic.Name)
        {
            await userEars.OpenAsync(key, connectionAborted);
            await tracker.RefreshAsync(key, connectionAborted);
            return;
        }

        await roomEars.OpenAsync(key, connectionAborted);
        if (await rooms.FindAsync(key, connectionAborted) is { } live)
            pump.Begin(topic, live.Room.Timeline);
    }

    /// <summary>Ends; does nothing when the connection does not follow.</summary>
    public Task UnfollowAsync(string? topic, string connectionId)
    {
        pump.Unfollow(topic ?? "", connectionId);
        return Task.CompletedTask;
    }

    /// <summary>Parts those who may not follow the topic any more.</summary>
    public async Task RecheckAsync(string topic, CancellationToken cancellationToken)
    {
        foreach (var (connectionId, userId) in pump.FollowersOf(topic))
        {
            try
            {
                await AuthorizeAsync(topic, userId, cancellationToken);
            }
            catch (RefusedException)
            {
                pump.Unfollow(topic, connectionId);
            }
        }
    }

    private Task AuthorizeAsync(string topic, string userId, CancellationToken cancellationToken)
    {
        var (kind, key) = Parse(topic);
        return kind.AuthorizeAsync(key, userId, cancellationToken);
    }

    private (ITopicKind Kind, string Key) Parse(string? topic)
    {
        var colon = topic?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        return colon > 0 && _kinds.TryGetValue(topic![..colon], out var kind)
            ? (kind, topic[(colon + 1)..])
            : throw new RefusedException(PlaybackRefusals.NoCues);
    }
}
