using MusicSocial.Server.Moderation;
using MusicSocial.Sync.Commands;

namespace MusicSocial.Server.Rooms;

/// <summary>Rooms as what people report and moderators close.</summary>
internal sealed class ReportableRooms(RoomRepository rooms, RoomAccess access) : IReportable
{
    public string Kind => "room";

    public async Task<ReportedThing?> FindAsync(string id, string reporterId, CancellationToken cancellationToken) =>
        await rooms.FindAsync(id, cancellationToken) is { } live && await access.MayReadAsync(live.Room, reporterId, cancellationToken)
            ? new ReportedThing(live.Id, live.Room.OpenerId, live.Room.Settings.Name)
            : null;

    public async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        if (await rooms.FindAsync(id, cancellationToken) is not null)
            await rooms.ApplyAsync(id, _ => new(new CloseByOperator()), cancellationToken);
    }
}

/// <summary>Messages of rooms' chats as what people report and moderators remove.</summary>
internal sealed class ReportableChat(RoomRepository rooms, RoomAccess access, RoomChatStore store, RoomChat chat) : IReportable
{
    public string Kind => "chat";

    public async Task<ReportedThing?> FindAsync(string id, string reporterId, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } said
        && await rooms.FindAsync(said.RoomId, cancellationToken) is { } live
        && await access.MayReadAsync(live.Room, reporterId, cancellationToken)
            ? new ReportedThing(said.Id, said.AuthorId, said.Text)
            : null;

    public async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is { } said)
            await chat.RemoveAsync(said.RoomId, [said.Id], cancellationToken);
    }
}
