using MusicSocial.Realtime.Clock;

namespace MusicSocial.Server.Rooms;

/// <summary>
/// Those who were let into a room and never said they were leaving. When their laptop wakes up, or their node died, they follow the room again
/// on any node and are let in as if they had only been away for a moment.
/// </summary>
internal sealed class RoomGuests(RoomGuestStore store, IHubClock clock)
{
    /// <summary>How long somebody is still expected back.</summary>
    private static readonly TimeSpan Expected = TimeSpan.FromHours(12);

    /// <summary>A note younger than this is not worth writing again: a crowd that reconnects costs reads only.</summary>
    private static readonly TimeSpan Young = TimeSpan.FromHours(1);

    /// <summary>Somebody is in the room.</summary>
    public async Task NoteAsync(string roomId, string userId, CancellationToken cancellationToken)
    {
        if (!await store.ExpectsAsync(roomId, userId, (clock.Now - Young).Ms, cancellationToken))
            await store.AddAsync(roomId, userId, clock.Now.Ms, cancellationToken);
    }

    /// <summary>Somebody's connection vanished and did not come back in time.</summary>
    public Task VanishedAsync(string roomId, string userId) => store.RenewAsync(roomId, userId, clock.Now.Ms, CancellationToken.None);

    /// <summary>Somebody left for good.</summary>
    public Task ForgetAsync(string roomId, string userId) => store.RemoveAsync(roomId, userId, CancellationToken.None);

    public Task<bool> ExpectsAsync(string roomId, string userId, CancellationToken cancellationToken) =>
        store.ExpectsAsync(roomId, userId, (clock.Now - Expected).Ms, cancellationToken);

    /// <summary>Drops the notes nobody needs any more.</summary>
    public Task ClearAsync(CancellationToken cancellationToken) => store.RemoveOlderAsync((clock.Now - Expected).Ms, cancellationToken);
}
