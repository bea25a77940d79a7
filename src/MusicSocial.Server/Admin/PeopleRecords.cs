using MusicSocial.Server.Accounts;
using MusicSocial.Server.Api;

namespace MusicSocial.Server.Admin;

/// <summary>The people of the hub, for those who look after it.</summary>
internal sealed class PeopleRecords(PeopleStore store, AccountStore accounts, Sessions sessions, Staff staff, AuditLog audit)
{
    private sealed record PageKey(string Handle);

    /// <summary>People by the beginning of their handle; for moderators.</summary>
    public async Task<Page<PersonRecord>> FindAsync(CurrentUser by, string? query, string? cursor, int? limit, CancellationToken cancellationToken)
    {
        await staff.RequireModeratorAsync(by, cancellationToken);
        var size = Cursor.Limit(limit);
        var after = Cursor.Decode<PageKey>(cursor) is { } key ? Handles.KeyOf(key.Handle) : "";
        var found = await store.FindAsync(query ?? "", after, size + 1, cancellationToken);
        return Cursor.ToPage(found, size, person => new PageKey(person.User.Handle));
    }

    /// <summary>Makes an account a moderator or a member; for operators. Refuses <c>auth.forbidden</c> about guests and operators, who are made on the machine.</summary>
    public async Task ChangeRoleAsync(CurrentUser by, string handle, HubRole? role, CancellationToken cancellationToken)
    {
        await staff.RequireOperatorAsync(by, cancellationToken);
        if (role is not (HubRole.Member or HubRole.Moderator))
            throw new RefusedException(Refusals.Invalid("A role is moderator or member."));
        var account = await accounts.FindByHandleAsync(handle, cancellationToken) ?? throw new RefusedException(AccountRefusals.UserNotFound);
        if (await staff.RoleOfAsync(account.User.Id, cancellationToken) == HubRole.Operator
            || !await accounts.SetModeratorAsync(account.User.Id, role == HubRole.Moderator, cancellationToken))
            throw new RefusedException(Refusals.Forbidden);
        await audit.AddAsync(by, role == HubRole.Moderator ? "moderator.granted" : "moderator.revoked", account.User.Id, reason: null, CancellationToken.None);
    }

    /// <summary>Ends every session of a person, who may sign in again; for moderators, not about those who look after the hub.</summary>
    public async Task EndSessionsAsync(CurrentUser by, string handle, CancellationToken cancellationToken)
    {
        await staff.RequireModeratorAsync(by, cancellationToken);
        var account = await accounts.FindByHandleAsync(handle, cancellationToken) ?? throw new RefusedException(AccountRefusals.UserNotFound);
        if (await staff.IsModeratorAsync(account.User.Id, cancellationToken))
            throw new RefusedException(Refusals.Forbidden);
        await sessions.EndAllAsync(account.User.Id, exceptId: null, SessionEnd.ByModerator, cancellationToken);
        await audit.AddAsync(by, "sessions.ended", account.User.Id, reason: null, CancellationToken.None);
    }
}
