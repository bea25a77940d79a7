using MusicSocial.Server.Hosting;

namespace MusicSocial.Server.Rooms;

/// <summary>The public rooms, busiest first.</summary>
internal sealed class RoomDirectory(RoomStore store, LiveRooms rooms, RoomViews views)
{
    public async Task<Page<RoomView>> ListAsync(string? cursor, int? limit, CancellationToken cancellationToken)
    {
        var size = Cursor.Limit(limit);
        var places = await store.ListAsync(Cursor.Decode<DirectoryPlace>(cursor), size + 1, cancellationToken);
        var page = Cursor.ToPage(places, size, place => place);
        var listed = new List<RoomView>(page.Items.Count);
        foreach (var place in page.Items)
        {
            if (await rooms.FindAsync(place.Id, cancellationToken) is { } live)
                listed.Add(await views.ListAsync(live, cancellationToken));
        }

        return new Page<RoomView>(listed, page.Next);
    }
}
