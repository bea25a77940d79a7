using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Rooms;
using MusicSocial.Sync;

namespace MusicSocial.Server.Playback;

/// <summary>What people play, as far as privacy lets the viewer see it: the one answer for the API, the topic and the friends list.</summary>
internal sealed class NowPlayingService(PlaybackTracker tracker, PlaybackPrivacy privacy, NowPlayingViews views, Users users)
{
    /// <summary>What the owner plays, as far as the viewer may see it.</summary>
    public async Task<NowPlaying> GetAsync(string ownerId, string viewerId, CancellationToken cancellationToken)
    {
        var visible = await GetAsync([ownerId], viewerId, cancellationToken);
        return visible.GetValueOrDefault(ownerId) ?? NowPlaying.Nothing(await users.GetAsync(ownerId, cancellationToken));
    }

    /// <summary>What the owners play, as far as the viewer may see it; those who play nothing or hide it are left out.</summary>
    public async Task<IReadOnlyDictionary<string, NowPlaying>> GetAsync(
        IReadOnlyCollection<string> ownerIds, string viewerId, CancellationToken cancellationToken)
    {
        var open = await privacy.AudienceAsync(viewerId, ownerIds, cancellationToken);
        var visible = new Dictionary<string, NowPlaying>();
        foreach (var (ownerId, playback) in await tracker.VisibleAsync(open, cancellationToken))
            visible[ownerId] = await views.ComposeAsync(ownerId, playback, cancellationToken);

        return visible;
    }
}

/// <summary>Composes the wire record of what a person plays.</summary>
internal sealed class NowPlayingViews(Users users, RoomRepository rooms, PlaybackPrivacy privacy, IHubClock clock)
{
    /// <summary>Null becomes stopped. The caller has decided that it may be seen.</summary>
    public async Task<NowPlaying> ComposeAsync(string userId, ActivePlayback? playback, CancellationToken cancellationToken)
    {
        var user = await users.GetAsync(userId, cancellationToken);
        if (playback is null)
            return NowPlaying.Nothing(user);

        var shown = await privacy.OfAsync(userId, cancellationToken);
        var roomId = shown.ShowRoom ? await OpenRoomAsync(playback.RoomId, cancellationToken) : null;
        var latest = playback.Device.Latest;
        // The item belongs to the room's queue: it says nothing outside, and nothing of a room that is not open gets out.
        var timeline = TimelineView.From(roomId is null ? playback.Timeline with { ItemId = null } : playback.Timeline);
        return new NowPlaying(
            user, playback.State, playback.Track, shown.ShowPosition ? timeline : null, latest.Source, latest.At.Ms, Math.Max(0, (clock.Now - latest.At).TotalMilliseconds),
            playback.IsStale, roomId, Joinable: roomId is not null);
    }

    private async Task<string?> OpenRoomAsync(string? roomId, CancellationToken cancellationToken) =>
        roomId is not null && await rooms.FindAsync(roomId, cancellationToken) is { } live && RoomAccess.IsOpen(live.Room) ? roomId : null;
}
