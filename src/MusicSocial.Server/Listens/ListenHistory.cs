using MusicSocial.Server.Api;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Playback;
using MusicSocial.Server.Relations;

namespace MusicSocial.Server.Listens;

/// <summary>What people listened to, for their audience. A person who is hidden and a person who never listened look the same.</summary>
internal sealed class ListenHistory(ListenStore store, Blocks blocks, Tracks tracks, PlaybackPrivacy privacy)
{
    private sealed record PageKey(string Id);

    public async Task<Page<Listen>> ReadAsync(string handle, string viewerId, string? cursor, int? limit, CancellationToken cancellationToken)
    {
        var owner = await blocks.FindAsync(handle, viewerId, cancellationToken);
        var size = Cursor.Limit(limit);
        var before = Cursor.Decode<PageKey>(cursor);
        if (!await privacy.ShowsHistoryAsync(owner.Id, viewerId, cancellationToken))
            return new Page<Listen>([], null);

        var page = Cursor.ToPage(
            await store.ReadAsync(owner.Id, before?.Id, size + 1, cancellationToken), size, listen => new PageKey(listen.Id));
        return page with { Items = await RefreshAsync(page.Items, cancellationToken) };
    }

    private async Task<IReadOnlyList<Listen>> RefreshAsync(IReadOnlyList<Listen> listens, CancellationToken cancellationToken)
    {
        var known = await tracks.GetAsync([.. listens.Select(listen => listen.Track.Id).OfType<string>()], cancellationToken);
        return
        [
            .. listens.Select(listen =>
                listen.Track.Id is { } id && known.TryGetValue(id, out var track) ? listen with { Track = PlayingTrack.Of(track) } : listen),
        ];
    }
}
