using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Rooms;

/// <summary>What a person said in rooms, and which rooms let them in.</summary>
internal sealed class PersonalRooms(RoomChatStore chat, RoomGuestStore guests) : IPersonalData
{
    private sealed record Said(string Id, string RoomId, string Text, double AtMs);

    public IEnumerable<ExportedFile> Export(string userId) =>
    [
        ExportedFile.List(
            "chat.json", (afterId, limit, cancellationToken) => chat.OfAuthorAsync(userId, afterId, limit, cancellationToken), row => row.Id,
            row => new Said(row.Id, row.RoomId, row.Text, row.AtMs)),
    ];

    public async Task RemoveAsync(Departure departure, CancellationToken cancellationToken)
    {
        await chat.RemoveOfAuthorAsync(departure.UserId, cancellationToken);
        await guests.RemoveOfAsync(departure.UserId, cancellationToken);
    }
}
