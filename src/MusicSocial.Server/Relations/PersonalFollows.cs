using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Relations;

/// <summary>Whom a person follows, and who follows them.</summary>
internal sealed class PersonalFollows(FollowStore store, Users users) : IPersonalData
{
    private sealed record Handle(string Id, string? Name);

    public IEnumerable<ExportedFile> Export(string userId) =>
        [FileOf("following.json", userId, store.FollowedAsync), FileOf("followers.json", userId, store.FollowersAsync)];

    public Task RemoveAsync(Departure departure, CancellationToken cancellationToken) => store.RemoveOfAsync(departure.UserId, cancellationToken);

    private ExportedFile FileOf(string name, string userId, Func<string, string?, int, CancellationToken, Task<IReadOnlyList<Follow>>> read) =>
        ExportedFile.Document(name, async cancellationToken =>
        {
            var follows = await read(userId, null, FollowStore.MaxFollowed, cancellationToken);
            var people = await users.GetAsync([.. follows.Select(follow => follow.UserId)], cancellationToken);
            return follows.Select(follow => new Handle(follow.UserId, people.GetValueOrDefault(follow.UserId)?.Handle));
        });
}
