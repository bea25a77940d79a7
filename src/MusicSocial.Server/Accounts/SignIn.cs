using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Api;
using MusicSocial.Server.Limits;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Accounts;

/// <summary>Sign-in as a guest, by registering and by logging in.</summary>
internal sealed class SignIn(
    AccountStore accounts, Staff staff, Sessions sessions, SignInAttempts attempts, Passwords passwords, Recovery recovery, SignUp signUp, RateLimiter limiter, IOptions<LimitOptions> limits,
    SecurityLog log, IHubClock clock)
{
    private const int DisplayNameLimit = 50;

    // Verifying against it makes the login of an unknown handle take as long as that of a real one.
    private string? _decoy;

    public async Task<Session> GuestAsync(GuestRequest request, SignInOrigin origin, CancellationToken cancellationToken)
    {
        signUp.RequireGuestsWelcome();
        var displayName = CleanText.Line(request.DisplayName, DisplayNameLimit);
        await limiter.AcquireSharedAsync("guest", origin.Network, limits.Value.Guests, cancellationToken);
        while (true)
        {
            var user = new User(NewId(), $"guest-{Ids.NewCode(8).ToLowerInvariant()}", displayName, Guest: true);
            var account = new Account(user, null, NewStamp());
            if (await accounts.TryAddAsync(account, clock.Now.Ms, invitation: null, cancellationToken))
                return await sessions.BeginAsync(account, SignInWay.Guest, origin, cancellationToken);
        }
    }

    public async Task<Session> RegisterAsync(RegisterRequest request, SignInOrigin origin, CancellationToken cancellationToken)
    {
        var handle = Handles.Check(request.Handle);
        var password = Passwords.Check(request.Password, handle);
        var displayName = CleanText.Line(string.IsNullOrWhiteSpace(request.DisplayName) ? handle : request.DisplayName, DisplayNameLimit);
        await limiter.AcquireSharedAsync("register", origin.Network, limits.Value.Registrations, cancellationToken);
        var invitation = await signUp.RequireOpenAsync(request.Invite, cancellationToken);

        var user = new User(NewId(), handle, displayName, Guest: false);
        var account = new Account(user, await passwords.HashAsync(password), NewStamp());
        if (!await accounts.TryAddAsync(account, clock.Now.Ms, invitation, cancellationToken))
            throw new RefusedException(AccountRefusals.HandleTaken);
        await staff.WelcomeAsync(user.Id, cancellationToken);
        var session = await sessions.BeginAsync(account, SignInWay.Registration, origin, cancellationToken);
        return session with { RecoveryCodes = await recovery.ReplaceAsync(user.Id, cancellationToken) };
    }

    public async Task<Session> LogInAsync(LoginRequest request, SignInOrigin origin, CancellationToken cancellationToken)
    {
        var password = request.Password ?? "";
        if (password.Length > Passwords.MaxLength)
            throw new RefusedException(AccountRefusals.WrongCredentials);
        var attempt = await attempts.BeginAsync(request.Handle, origin.Network, cancellationToken);
        var account = attempt.Account;

        var verdict = await passwords.VerifyAsync(account?.PasswordHash ?? (_decoy ??= await passwords.HashAsync("a decoy")), password);
        if (account?.PasswordHash is null || verdict == PasswordVerificationResult.Failed)
        {
            log.SignInRefused(account?.User.Id, SignInWay.Password, AccountRefusals.WrongCredentials.Code, origin.Network);
            throw new RefusedException(AccountRefusals.WrongCredentials);
        }

        await attempts.SucceededAsync(attempt, origin.Network, cancellationToken);
        account.RequireNotSuspended(clock.Now);
        if (verdict == PasswordVerificationResult.SuccessRehashNeeded)
            await accounts.RehashPasswordAsync(account, await passwords.HashAsync(password), cancellationToken);
        return await sessions.BeginAsync(account, SignInWay.Password, origin, cancellationToken);
    }

    private string NewId() => Ids.New(clock.Now.Ms);

    private string NewStamp() => Ids.New(clock.Now.Ms);
}
