using System.Security.Cryptography;
using System.Text;
using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Accounts;

/// <summary>Codes by which owners who lost their password get back into their account: shown once, kept as hashes, each good once.</summary>
internal sealed class Recovery(
    AccountStore accounts, RecoveryCodeStore codes, SignInAttempts attempts, Sessions sessions, Passwords passwords, SecurityLog log, IHubClock clock)
{
    /// <summary>How long a code of an operator is good.</summary>
    public static readonly TimeSpan ResetLifetime = TimeSpan.FromHours(24);

    private const int CodeCount = 8;

    private long NowMs => (long)clock.Now.Ms;

    /// <summary>Makes new codes; those before are good no more.</summary>
    public async Task<IReadOnlyList<string>> ReplaceAsync(string userId, CancellationToken cancellationToken)
    {
        List<string> made = [.. Enumerable.Range(0, CodeCount).Select(_ => RecoveryCode.New())];
        await codes.ReplaceAsync(userId, [.. made.Select(code => RecoveryCode.HashOf(userId, code))], NowMs, cancellationToken);
        log.RecoveryCodesMade(userId);
        return made;
    }

    /// <summary>The same for the signed-in owner, who names the password. Refuses <c>auth.invalid</c>, and <c>account.guest</c> to guests.</summary>
    public async Task<RecoveryCodes> RenewAsync(CurrentUser user, PasswordConfirmation request, SignInOrigin origin, CancellationToken cancellationToken)
    {
        var account = await accounts.FindByIdAsync(user.Id, cancellationToken) ?? throw new RefusedException(AccountRefusals.UserNotFound);
        if (account.User.Guest)
            throw new RefusedException(AccountRefusals.Guest);
        await attempts.ConfirmAsync(account, request.Password, origin.Network, cancellationToken);
        return new(await ReplaceAsync(user.Id, cancellationToken));
    }

    /// <summary>How many codes are left.</summary>
    public async Task<RecoveryCodesLeft> LeftAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        var (count, madeAtMs) = await codes.CountAsync(user.Id, cancellationToken);
        return new(count, madeAtMs);
    }

    /// <summary>
    /// Sets a new password by a code: every session ends and one begins. Refuses <c>account.password_weak</c>, <c>auth.invalid</c> evenly for unknown
    /// handles and wrong codes, and <c>auth.suspended</c>.
    /// </summary>
    public async Task<Session> RecoverAsync(RecoverRequest request, SignInOrigin origin, CancellationToken cancellationToken)
    {
        var password = Passwords.Check(request.Password, Handles.KeyOf(request.Handle ?? ""));
        var attempt = await attempts.BeginAsync(request.Handle, origin.Network, cancellationToken);
        var hash = RecoveryCode.HashOf(attempt.Target, request.Code);
        var isGood = await codes.IsGoodAsync(attempt.Target, hash, NowMs, cancellationToken);
        if (!isGood || attempt.Account is not { } account)
            throw Refuse(attempt, origin);
        await attempts.SucceededAsync(attempt, origin.Network, cancellationToken);
        account.RequireNotSuspended(clock.Now);

        var changed = account with { PasswordHash = await passwords.HashAsync(password), SecurityStamp = Ids.New(clock.Now.Ms) };
        if (!await codes.TryRecoverAsync(changed, hash, NowMs, cancellationToken))
            throw Refuse(attempt, origin);
        // The password is another one, durably: from here on nothing is cancelled.
        log.Recovered(account.User.Id);
        await sessions.EndAllAsync(account.User.Id, exceptId: null, SessionEnd.Recovered, CancellationToken.None);
        return await sessions.BeginAsync(changed, SignInWay.RecoveryCode, origin, CancellationToken.None);
    }

    /// <summary>Makes a code an operator gives to the owner of an account: good once, for a day.</summary>
    public async Task<ResetCode> ResetAsync(string userId, string byId, CancellationToken cancellationToken)
    {
        var (code, expiresAtMs) = (RecoveryCode.New(), NowMs + (long)ResetLifetime.TotalMilliseconds);
        await codes.SetResetAsync(userId, RecoveryCode.HashOf(userId, code), NowMs, expiresAtMs, cancellationToken);
        log.ResetGiven(userId, byId);
        return new(code, expiresAtMs);
    }

    private RefusedException Refuse(SignInAttempt attempt, SignInOrigin origin)
    {
        log.SignInRefused(attempt.Account?.User.Id, SignInWay.RecoveryCode, AccountRefusals.WrongCode.Code, origin.Network);
        return new(AccountRefusals.WrongCode);
    }
}

/// <summary>A code of 16 characters that people write down, about 77 bits: too many to guess from its hash.</summary>
internal static class RecoveryCode
{
    private const int Groups = 4;
    private const int GroupLength = 4;

    /// <summary>As it is shown: <c>XXXX-XXXX-XXXX-XXXX</c>.</summary>
    public static string New() => string.Join('-', Enumerable.Range(0, Groups).Select(_ => Ids.NewCode(GroupLength)));

    /// <summary>What is kept of a code, however it is typed. The same code of two people has two hashes.</summary>
    public static string HashOf(string userId, string? code)
    {
        var bare = string.Concat((code ?? "").Where(char.IsAsciiLetterOrDigit).Take(Groups * GroupLength + 1)).ToUpperInvariant();
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{userId}:{bare}")));
    }
}
