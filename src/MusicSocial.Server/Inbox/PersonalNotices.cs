using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Inbox;

/// <summary>A person's inbox, and the notices about them in the inboxes of others.</summary>
internal sealed class PersonalNotices(NoticeStore store) : IPersonalData
{
    public IEnumerable<ExportedFile> Export(string userId) =>
        [ExportedFile.List("inbox.json", (beforeId, limit, cancellationToken) => store.ReadAsync(userId, beforeId, limit, cancellationToken), notice => notice.Id, notice => notice)];

    public Task RemoveAsync(Departure departure, CancellationToken cancellationToken) => store.RemoveOfAsync(departure.UserId, cancellationToken);
}
