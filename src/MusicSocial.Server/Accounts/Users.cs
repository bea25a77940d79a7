using System.Collections.Concurrent;

namespace MusicSocial.Server.Accounts;

/// <summary>Public profiles of users, cached.</summary>
internal sealed class Users(AccountStore store)
{
    /// <summary>Faces remembered; a rename would have to drop its entry. About 200 bytes each.</summary>
    private const int MaxRemembered = 50_000;

    private readonly ConcurrentDictionary<string, User> _remembered = new();

    /// <summary>The user with this id; refuses <c>user.not_found</c>.</summary>
    public async Task<User> GetAsync(string id, CancellationToken cancellationToken) =>
        (await GetAsync([id], cancellationToken)).GetValueOrDefault(id) ?? throw new RefusedException(AccountRefusals.UserNotFound);

    /// <summary>The users with these ids, those that exist, by id; one query for all that are not remembered.</summary>
    public async Task<IReadOnlyDictionary<string, User>> GetAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, User>(ids.Count);
        var missing = new List<string>();
        foreach (var id in ids.Distinct())
        {
            if (_remembered.TryGetValue(id, out var user))
                found[id] = user;
            else
                missing.Add(id);
        }

        if (missing.Count > 0)
        {
            foreach (var user in await store.FindAsync(missing, cancellationToken))
                found[user.Id] = Remember(user);
        }

        return found;
    }

    /// <summary>The user with this handle, compared without case; refuses <c>user.not_found</c>.</summary>
    public async Task<User> GetByHandleAsync(string handle, CancellationToken cancellationToken) =>
        (await store.FindByHandleAsync(handle, cancellationToken))?.User ?? throw new RefusedException(AccountRefusals.UserNotFound);

    private User Remember(User user)
    {
        if (_remembered.Count >= MaxRemembered)
            _remembered.Clear();
        return _remembered[user.Id] = user;
    }
}
