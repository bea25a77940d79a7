using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Api;
using MusicSocial.Server.Limits;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Accounts;

/// <summary>Sign-in as a guest, by registering and by logging in.</summary>
internal sealed class SignIn(
    AccountStore accounts, Sessions sessions, Passwords passwords, RateLimiter limiter, IOptions<LimitOptions> limits, IHubClock clock)
{
    private const int DisplayNameLimit = 50;

    // Verifying against it makes the login of an unknown handle take as long as that of a real one.
    private string? _decoy;

    public async Task<Session> GuestAsync(GuestRequest request, SignInOrigin origin, CancellationToken cancellationToken)
    {
        var displayName = CleanText.Line(request.DisplayName, DisplayNameLimit);
        await limiter.AcquireSharedAsync("guest", origin.Network, limits.Value.Guests, cancellationToken);
        while (true)
        {
            var user = new User(NewId(), $"guest-{Ids.NewCode(8).ToLowerInvariant()}", displayName, Guest: true);
            var account = new Account(user, null, NewStamp());
            if (await accounts.TryAddAsync(account, clock.Now.Ms, cancellationToken))
                return await sessions.BeginAsync(account, origin, cancellationToken);
        }
    }

    public async Task<Session> RegisterAsync(RegisterRequest request, SignInOrigin origin, CancellationToken cancellationToken)
    {
        var handle = Handles.Check(request.Handle);
        var password = Passwords.Check(request.Password, handle);
        var displayName = CleanText.Line(string.IsNullOrWhiteSpace(request.DisplayName) ? handle : request.DisplayName, DisplayNameLimit);
        await limiter.AcquireSharedAsync("register", origin.Network, limits.Value.Registrations, cancellationToken);

        var user = new User(NewId(), handle, displayName, Guest: false);
        var account = new Account(user, await passwords.HashAsync(password), NewStamp());
        return await accounts.TryAddAsync(account, clock.Now.Ms, cancellationToken)
            ? await sessions.BeginAsync(account, origin, cancellationToken)
            : throw new RefusedException(AccountRefusals.HandleTaken);
    }

    public async Task<Session> LogInAsync(LoginRequest request, SignInOrigin origin, CancellationToken cancellationToken)
    {
        var handle = Handles.KeyOf(request.Handle ?? "");
        var password = request.Password ?? "";
        if (handle.Length > Handles.MaxLength || password.Length > Passwords.MaxLength)
            throw new RefusedException(AccountRefusals.WrongCredentials);
        // Before anything is computed: made-up handles cost as much as real ones.
        await limiter.AcquireSharedAsync("sign-in-network", origin.Network, limits.Value.SignInsOfNetwork, cancellationToken);
        var account = await accounts.FindByHandleAsync(handle, cancellationToken);
        var target = account?.User.Id ?? handle;
        await limiter.AcquireSharedAsync("sign-in", origin.Network, limits.Value.SignIns, cancellationToken, subject: target);
        // Guesses from many networks; the owner at home is not locked out by them.
        if (account is null || !await sessions.IsKnownNetworkAsync(account.User.Id, origin.Network, cancellationToken))
            await limiter.AcquireSharedAsync("sign-in-account", target, limits.Value.SignInsOfAccount, cancellationToken);

        var verdict = await passwords.VerifyAsync(account?.PasswordHash ?? (_decoy ??= await passwords.HashAsync("a decoy")), password);
        if (account?.PasswordHash is null || verdict == PasswordVerificationResult.Failed)
            throw new RefusedException(AccountRefusals.WrongCredentials);
        await limiter.ForgetSharedAsync("sign-in", origin.Network, target, cancellationToken);
        account.RequireNotSuspended(clock.Now);
        if (verdict == PasswordVerificationResult.SuccessRehashNeeded)
            await accounts.RehashPasswordAsync(account, await passwords.HashAsync(password), cancellationToken);
        return await sessions.BeginAsync(account, origin, cancellationToken);
    }

    private string NewId() => Ids.New(clock.Now.Ms);

    private string NewStamp() => Ids.New(clock.Now.Ms);
}
