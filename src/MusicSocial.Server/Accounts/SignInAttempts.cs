using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using MusicSocial.Server.Limits;

namespace MusicSocial.Server.Accounts;

/// <summary>
/// Attempts to prove to be the owner of an account, with a password or a code. Each is counted before anything is computed: made-up handles cost as much
/// as real ones, and are told the same.
/// </summary>
internal sealed class SignInAttempts(
    AccountStore accounts, SessionStore sessions, Passwords passwords, RateLimiter limiter, IOptions<LimitOptions> limits, SecurityLog log)
{
    /// <summary>Counts an attempt at the account with this handle, compared as handles are; refuses <c>rate.limited</c>.</summary>
    public async Task<SignInAttempt> BeginAsync(string? handle, ClientNetwork network, CancellationToken cancellationToken)
    {
        var key = Handles.KeyOf(handle ?? "");
        if (key.Length > Handles.MaxLength)
            throw new RefusedException(AccountRefusals.WrongCredentials);
        await limiter.AcquireSharedAsync("sign-in-network", network, limits.Value.SignInsOfNetwork, cancellationToken);
        var account = await accounts.FindByHandleAsync(key, cancellationToken);
        var target = account?.User.Id ?? key;
        await limiter.AcquireSharedAsync("sign-in", network, limits.Value.SignIns, cancellationToken, subject: target);
        // Guesses from many networks; the owner at home is not locked out by them.
        if (account is null || !await sessions.IsKnownNetworkAsync(account.User.Id, network.Name, cancellationToken))
            await limiter.AcquireSharedAsync("sign-in-account", target, limits.Value.SignInsOfAccount, cancellationToken);
        return new(account, target);
    }

    /// <summary>The proof was good: the attempts before it were no guesses.</summary>
    public Task SucceededAsync(SignInAttempt attempt, ClientNetwork network, CancellationToken cancellationToken) =>
        limiter.ForgetSharedAsync("sign-in", network, attempt.Target, cancellationToken).AsTask();

    /// <summary>Has the signed-in owner of an account prove it again, by the password, before something that cannot be undone; an account without one needs none. Refuses <c>auth.invalid</c>.</summary>
    public async Task ConfirmAsync(Account account, string? password, ClientNetwork network, CancellationToken cancellationToken)
    {
        if (account.PasswordHash is null)
            return;
        await limiter.AcquireSharedAsync("sign-in", network, limits.Value.SignIns, cancellationToken, subject: account.User.Id);
        if (password is not { Length: <= Passwords.MaxLength } || await passwords.VerifyAsync(account.PasswordHash, password) == PasswordVerificationResult.Failed)
        {
            log.SignInRefused(account.User.Id, SignInWay.Password, AccountRefusals.WrongCredentials.Code, network);
            throw new RefusedException(AccountRefusals.WrongCredentials);
        }

        await limiter.ForgetSharedAsync("sign-in", network, account.User.Id, cancellationToken);
    }
}

/// <summary>A counted attempt.</summary>
/// <param name="Account">The account it is about; null when there is none.</param>
/// <param name="Target">What it is counted under: the account's id, or the handle of none.</param>
internal sealed record SignInAttempt(Account? Account, string Target);
