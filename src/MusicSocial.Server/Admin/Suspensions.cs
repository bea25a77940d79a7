using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Api;

namespace MusicSocial.Server.Admin;

/// <summary>
/// Keeps people off the hub who harm others: their sessions end on every node at once, and they cannot sign in until it is over. What they wrote stays, for
/// operators to look through. Every decision is in the audit log.
/// </summary>
internal sealed class Suspensions(AccountStore accounts, Staff staff, Sessions sessions, AuditLog audit, SecurityLog log, IHubClock clock)
{
    private const int ReasonLength = 500;

    /// <summary>Suspends a person. Refuses <c>auth.forbidden</c> to all but moderators and operators, and about those, <c>user.not_found</c>, <c>request.invalid</c> and a reason that says nothing.</summary>
    public async Task SuspendAsync(CurrentUser by, string handle, SuspendRequest request, CancellationToken cancellationToken)
    {
        var account = await FindAsync(by, handle, cancellationToken);
        var reason = CleanText.Line(request.Reason, ReasonLength);
        if (request.UntilMs is { } until && !(until > clock.Now.Ms))
            throw new RefusedException(Refusals.Invalid("A suspension ends in the future, or when it is lifted."));
        // Who looks after the hub loses that role first.
        if (await staff.IsModeratorAsync(account.User.Id, cancellationToken))
            throw new RefusedException(Refusals.Forbidden);

        await accounts.SuspendAsync(account.User.Id, request.UntilMs is { } end ? (long)end : long.MaxValue, reason, cancellationToken);
        await audit.AddAsync(by, "user.suspended", account.User.Id, reason, cancellationToken);
        log.Suspended(account.User.Id, by.Id);
        await sessions.EndAllAsync(account.User.Id, exceptId: null, SessionEnd.Suspended, CancellationToken.None);
    }

    /// <summary>Lifts a suspension; does nothing when there is none. Refuses as <see cref="SuspendAsync"/> does.</summary>
    public async Task RestoreAsync(CurrentUser by, string handle, CancellationToken cancellationToken)
    {
        var account = await FindAsync(by, handle, cancellationToken);
        if (!await accounts.RestoreAsync(account.User.Id, cancellationToken))
            return;
        await audit.AddAsync(by, "user.restored", account.User.Id, reason: null, cancellationToken);
        log.Restored(account.User.Id, by.Id);
    }

    private async Task<Account> FindAsync(CurrentUser by, string handle, CancellationToken cancellationToken)
    {
        await staff.RequireModeratorAsync(by, cancellationToken);
        return await accounts.FindByHandleAsync(handle, cancellationToken) ?? throw new RefusedException(AccountRefusals.UserNotFound);
    }
}
