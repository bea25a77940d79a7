using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Rooms;
using MusicSocial.Sync;

namespace MusicSocial.Server.Playback;

/// <summary>Puts what people hear into wire words.</summary>
internal sealed class NowPlayingViews(Users users, RoomRepository rooms, IHubClock clock)
{
    /// <summary>Null becomes stopped. The caller has decided that it may be seen.</summary>
    public async Task<NowPlaying> ComposeAsync(string userId, NowHeard? heard, CancellationToken cancellationToken)
    {
        var user = await users.GetAsync(userId, cancellationToken);
        if (heard is null)
            return NowPlaying.Nothing(user);

        var roomId = await PublicRoomAsync(heard.RoomId, cancellationToken);
        var latest = heard.Device.Latest;
        // The item belongs to the room's queue: it says nothing outside, and nothing of a private room gets out.
        var timeline = TimelineView.From(roomId is null ? heard.Timeline with { ItemId = null } : heard.Timeline);
        return new NowPlaying(
            user, heard.State, heard.Track, timeline, latest.Source, latest.At.Ms, Math.Max(0, (clock.Now - latest.At).TotalMilliseconds), heard.IsStale,
            roomId, Joinable: roomId is not null);
    }

    private async Task<string?> PublicRoomAsync(string? roomId, CancellationToken cancellationToken) =>
        roomId is not null && await rooms.FindAsync(roomId, cancellationToken) is { Room.Settings.Visibility: RoomVisibility.Public }
            ? roomId
            : null;
}
