using MusicSocial.Server.Accounts;
using MusicSocial.Server.Api;

namespace MusicSocial.Server.Admin;

/// <summary>Codes that operators give to people who lost their password and their recovery codes. Each is in the audit log.</summary>
internal sealed class Resets(AccountStore accounts, Staff staff, Recovery recovery, AuditLog audit)
{
    /// <summary>The action in the audit log.</summary>
    public const string Action = "user.reset";

    /// <summary>Makes a code. Refuses <c>auth.forbidden</c> to all but operators and about operators, <c>user.not_found</c>, and <c>account.guest</c>.</summary>
    public async Task<ResetCode> ResetAsync(CurrentUser by, string handle, CancellationToken cancellationToken)
    {
        await staff.RequireOperatorAsync(by, cancellationToken);
        var account = await accounts.FindByHandleAsync(handle, cancellationToken) ?? throw new RefusedException(AccountRefusals.UserNotFound);
        if (account.User.Guest)
            throw new RefusedException(AccountRefusals.Guest);
        // An operator who could take another's account would be above the audit log.
        if (await staff.RoleOfAsync(account.User.Id, cancellationToken) == HubRole.Operator)
            throw new RefusedException(Refusals.Forbidden);
        await audit.AddAsync(by, Action, account.User.Id, reason: null, cancellationToken);
        return await recovery.ResetAsync(account.User.Id, by.Id, cancellationToken);
    }
}
