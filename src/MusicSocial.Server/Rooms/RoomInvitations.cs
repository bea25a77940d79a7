using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Hosting;

namespace MusicSocial.Server.Rooms;

/// <summary>Tells people that they are welcome in a room; it waits in their inbox.</summary>
internal sealed class RoomInvitations(
    RoomAttendance attendance, Users users, Inbox inbox, RateGate gate, IHubClock clock, IOptions<RoomOptions> options)
{
    /// <summary>Invites somebody on behalf of a member; asking again on the same day is the same invitation.</summary>
    public async Task SendAsync(CurrentUser by, string? roomId, string? userId, CancellationToken cancellationToken)
    {
        var live = await attendance.RoomOfAsync(by.Id, roomId, cancellationToken);
        var guest = await users.GetAsync(userId ?? "", cancellationToken);
        gate.Pass("invitation", by.Id, options.Value.Invitations);
        var room = new RoomLink(live.Id, live.Room.Code, live.Room.Settings.Name);
        var invitation = new InvitationView(room, await users.GetAsync(by.Id, cancellationToken));
        var day = clock.Now.Ticks / TimeSpan.TicksPerDay;
        await inbox.NotifyAsync(guest.Id, "invitation", invitation, $"invitation:{live.Id}:{by.Id}:{day}", cancellationToken);
    }
}
