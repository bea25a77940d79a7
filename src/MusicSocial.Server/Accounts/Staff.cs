using Microsoft.Extensions.Options;
using MusicSocial.Server.Api;

namespace MusicSocial.Server.Accounts;

/// <summary>Who looks after the hub: moderators after what people write, operators also after people and the hub itself.</summary>
internal sealed class Staff(AccountStore accounts, IOptions<AccountOptions> options)
{
    /// <summary>An account was made: the first of a fresh hub is its operator, unless the settings say otherwise.</summary>
    public Task WelcomeAsync(string userId, CancellationToken cancellationToken) =>
        options.Value.FirstIsOperator ? accounts.MakeFirstOperatorAsync(userId, cancellationToken) : Task.CompletedTask;

    /// <summary>What a person may do for the whole hub.</summary>
    public Task<HubRole> RoleOfAsync(string userId, CancellationToken cancellationToken) => accounts.RoleOfAsync(userId, cancellationToken);

    /// <summary>Whether a person is a moderator or an operator.</summary>
    public async Task<bool> IsModeratorAsync(string userId, CancellationToken cancellationToken) =>
        await RoleOfAsync(userId, cancellationToken) >= HubRole.Moderator;

    /// <summary>Refuses <c>auth.forbidden</c> to all but moderators and operators.</summary>
    public Task RequireModeratorAsync(CurrentUser user, CancellationToken cancellationToken) => RequireAsync(user, HubRole.Moderator, cancellationToken);

    /// <summary>Refuses <c>auth.forbidden</c> to all but operators.</summary>
    public Task RequireOperatorAsync(CurrentUser user, CancellationToken cancellationToken) => RequireAsync(user, HubRole.Operator, cancellationToken);

    private async Task RequireAsync(CurrentUser user, HubRole least, CancellationToken cancellationToken)
    {
        if (await RoleOfAsync(user.Id, cancellationToken) < least)
            throw new RefusedException(Refusals.Forbidden);
    }
}
