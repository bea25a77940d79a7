using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Relations;

/// <summary>Whom a person blocked, muted and chose; and their place on the lists of others.</summary>
internal sealed class PersonalRelations(PersonalListStore store, Users users) : IPersonalData
{
    private sealed record Handle(string Id, string? Name);

    public IEnumerable<ExportedFile> Export(string userId) =>
    [
        FileOf("blocks.json", userId, PersonalList.Blocked), FileOf("mutes.json", userId, PersonalList.Muted),
        FileOf("close-friends.json", userId, PersonalList.Close),
    ];

    public Task RemoveAsync(Departure departure, CancellationToken cancellationToken) => store.RemoveOfAsync(departure.UserId, cancellationToken);

    private ExportedFile FileOf(string name, string userId, PersonalList kind) =>
        ExportedFile.Document(name, async cancellationToken =>
        {
            var listed = await store.PageAsync(userId, kind, null, PersonalListStore.MaxListed, cancellationToken);
            var people = await users.GetAsync([.. listed.Select(entry => entry.UserId)], cancellationToken);
            return listed.Select(entry => new Handle(entry.UserId, people.GetValueOrDefault(entry.UserId)?.Handle));
        });
}
