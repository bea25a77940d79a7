using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Topics;
using MusicSocial.Sync;

namespace MusicSocial.Server.Rooms;

/// <summary>
/// The <c>room:</c> topics. Members follow, and anyone signed in follows an open room to read along. A member whose new connection
/// follows again is there again, without knocking.
/// </summary>
internal sealed class RoomTopic(
    LiveRooms rooms, RoomViews views, RoomEntrance entrance, RoomAttendance attendance, RoomReaders readers, RoomEars ears, IHubClock clock)
    : ITopicKind
{
    public string Prefix => "room";

    public async Task AuthorizeAsync(string key, string userId, CancellationToken cancellationToken)
    {
        var room = (await GetAsync(key, cancellationToken)).Room;
        if (room.BannedFor(userId, clock.Now) is { } wait)
            throw new RefusedException(RoomRefusals.Kicked(wait));
        if (!await entrance.MayReadAsync(room, userId, cancellationToken))
            throw new RefusedException(RoomRefusals.NotMember);
    }

    public async Task<object?> SnapshotAsync(string key, string userId, CancellationToken cancellationToken) =>
        await views.ComposeAsync(await GetAsync(key, cancellationToken), userId, cancellationToken);

    public async Task FollowedAsync(string key, string userId, string connectionId, CancellationToken cancellationToken)
    {
        // Whoever comes by JoinRoom sits already.
        if (attendance.IsSeated(key, userId, connectionId))
            return;
        if (await attendance.IsExpectedAsync((await GetAsync(key, cancellationToken)).Room, userId, cancellationToken))
            await attendance.ArriveAsync(key, userId, connectionId, cancellationToken);
        else
            await ReadAsync(key, userId, connectionId, cancellationToken);
    }

    public Task UnfollowedAsync(string key, string userId, string connectionId, CancellationToken cancellationToken)
    {
        readers.Remove(key, connectionId);
        return attendance.VanishAsync(key, userId, connectionId, cancellationToken);
    }

    private async Task ReadAsync(string key, string userId, string connectionId, CancellationToken cancellationToken)
    {
        readers.Add(key, userId, connectionId);
        try
        {
            await ears.OpenAsync(key, cancellationToken);
            // The room may have closed its door while the follower was on the threshold.
            if (!await entrance.MayFollowAsync((await GetAsync(key, cancellationToken)).Room, userId, cancellationToken))
                throw new RefusedException(RoomRefusals.NotMember);
        }
        catch
        {
            readers.Remove(key, connectionId);
            throw;
        }
    }

    // A topic is named by the id alone: the code would be a second topic of the same room.
    private async Task<LiveRoom> GetAsync(string key, CancellationToken cancellationToken)
    {
        var live = await rooms.GetAsync(key, cancellationToken);
        return live.Id == key ? live : throw new RefusedException(RoomRefusals.NotFound);
    }
}
