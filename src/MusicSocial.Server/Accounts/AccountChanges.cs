using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Limits;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Accounts;

/// <summary>What people change about their own account.</summary>
internal sealed class AccountChanges(
    AccountStore accounts, Staff staff, Users users, Sessions sessions, SignInAttempts attempts, Passwords passwords, Recovery recovery, SignUp signUp, RateLimiter limiter,
    IOptions<LimitOptions> limits, SecurityLog log, IHubClock clock)
{
    /// <summary>Changes the password and ends every other session; refuses <c>auth.invalid</c> and <c>account.password_weak</c>.</summary>
    public async Task<Session> ChangePasswordAsync(
        CurrentUser user, PasswordRequest request, SignInOrigin origin, CancellationToken cancellationToken)
    {
        var account = await GetAsync(user, cancellationToken);
        var next = Passwords.Check(request.Next, account.User.Handle);
        if (account.PasswordHash is null)
            throw new RefusedException(AccountRefusals.WrongCredentials);
        await attempts.ConfirmAsync(account, request.Current, origin.Network, cancellationToken);

        var changed = account with { PasswordHash = await passwords.HashAsync(next), SecurityStamp = Ids.New(clock.Now.Ms) };
        await accounts.SetPasswordAsync(changed, cancellationToken);
        log.PasswordChanged(user.Id);
        await sessions.EndAllAsync(user.Id, exceptId: user.SessionId, SessionEnd.PasswordChanged, CancellationToken.None);
        return await sessions.ReissueAsync(changed, user.SessionId, origin, cancellationToken);
    }

    /// <summary>A guest becomes an account, with everything they did. Refuses <c>account.not_guest</c> and what registering refuses.</summary>
    public async Task<Session> UpgradeAsync(CurrentUser user, UpgradeRequest request, SignInOrigin origin, CancellationToken cancellationToken)
    {
        var handle = Handles.Check(request.Handle);
        var password = Passwords.Check(request.Password, handle);
        var account = await GetAsync(user, cancellationToken);
        if (!account.User.Guest)
            throw new RefusedException(AccountRefusals.NotGuest);
        await limiter.AcquireSharedAsync("register", origin.Network, limits.Value.Registrations, cancellationToken);
        var invitation = await signUp.RequireOpenAsync(request.Invite, cancellationToken);

        var upgraded = new Account(
            account.User with { Handle = handle, Guest = false }, await passwords.HashAsync(password), Ids.New(clock.Now.Ms));
        if (!await accounts.TryUpgradeAsync(upgraded, clock.Now.Ms, invitation, cancellationToken))
            throw new RefusedException(AccountRefusals.HandleTaken);
        await users.ChangedAsync([user.Id]);
        await staff.WelcomeAsync(user.Id, cancellationToken);
        var session = await sessions.ReissueAsync(upgraded, user.SessionId, origin, cancellationToken);
        return session with { RecoveryCodes = await recovery.ReplaceAsync(user.Id, cancellationToken) };
    }

    private async Task<Account> GetAsync(CurrentUser user, CancellationToken cancellationToken) =>
        await accounts.FindByIdAsync(user.Id, cancellationToken) ?? throw new RefusedException(AccountRefusals.UserNotFound);
}
