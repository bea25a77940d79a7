using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Playback;

/// <summary>Where everybody asks what somebody plays: shows what privacy lets the asker see.</summary>
internal sealed class NowPlayingDoor(PlaybackTracker tracker, Privacy privacy, NowPlayingViews views, Users users)
{
    /// <summary>What the owner plays, as far as the viewer may know.</summary>
    public async Task<NowPlaying> SeeAsync(string ownerId, string viewerId, CancellationToken cancellationToken)
    {
        var visible = await SeeAsync([ownerId], viewerId, cancellationToken);
        return visible.GetValueOrDefault(ownerId) ?? NowPlaying.Nothing(await users.GetAsync(ownerId, cancellationToken));
    }

    /// <summary>What the owners play, as far as the viewer may know; those who play nothing or hide it are left out.</summary>
    public async Task<IReadOnlyDictionary<string, NowPlaying>> SeeAsync(
        IReadOnlyCollection<string> ownerIds, string viewerId, CancellationToken cancellationToken)
    {
        var open = await privacy.AudienceAsync(viewerId, ownerIds, cancellationToken);
        var visible = new Dictionary<string, NowPlaying>();
        foreach (var (ownerId, heard) in await tracker.HeardByAsync(open, cancellationToken))
            visible[ownerId] = await views.ComposeAsync(ownerId, heard, cancellationToken);

        return visible;
    }
}
