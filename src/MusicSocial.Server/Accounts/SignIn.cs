using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Api;
using MusicSocial.Server.Limits;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Accounts;

/// <summary>Sign-in as a guest, by registering and by logging in.</summary>
internal sealed class SignIn(
    AccountStore accounts, Sessions sessions, IPasswordHasher<User> hasher, RateLimiter limiter, IOptions<LimitOptions> limits, IHubClock clock)
{
    private const int DisplayNameLimit = 50;

    // Verifying against it makes the login of an unknown handle take as long as that of a real one.
    private readonly Lazy<string> _decoy = new(() => hasher.HashPassword(null!, "a decoy"));

    public async Task<Session> GuestAsync(GuestRequest request, string address, CancellationToken cancellationToken)
    {
        var displayName = CleanText.Line(request.DisplayName, DisplayNameLimit);
        await limiter.AcquireSharedAsync("guest", address, limits.Value.Guests, cancellationToken);
        while (true)
        {
            var user = new User(NewId(), $"guest-{Ids.NewCode(8).ToLowerInvariant()}", displayName, Guest: true);
            var account = new Account(user, null, NewStamp());
            if (await accounts.TryAddAsync(account, clock.Now.Ms, cancellationToken))
                return sessions.Issue(account);
        }
    }

    public async Task<Session> RegisterAsync(RegisterRequest request, string address, CancellationToken cancellationToken)
    {
        var handle = Handles.Check(request.Handle);
        if (request.Password is not { Length: >= 8 and <= 128 } password || password.Equals(handle, StringComparison.OrdinalIgnoreCase))
            throw new RefusedException(AccountRefusals.PasswordWeak);
        var displayName = CleanText.Line(string.IsNullOrWhiteSpace(request.DisplayName) ? handle : request.DisplayName, DisplayNameLimit);
        await limiter.AcquireSharedAsync("register", address, limits.Value.Registrations, cancellationToken);

        var user = new User(NewId(), handle, displayName, Guest: false);
        var account = new Account(user, hasher.HashPassword(user, password), NewStamp());
        return await accounts.TryAddAsync(account, clock.Now.Ms, cancellationToken)
            ? sessions.Issue(account)
            : throw new RefusedException(AccountRefusals.HandleTaken);
    }

    public async Task<Session> LogInAsync(LoginRequest request, string address, CancellationToken cancellationToken)
    {
        var handle = Handles.KeyOf(request.Handle ?? "");
        var password = request.Password ?? "";
        if (handle.Length > Handles.MaxLength || password.Length > 128)
            throw new RefusedException(AccountRefusals.WrongCredentials);
        var guesser = $"{handle} {address}";
        await limiter.AcquireSharedAsync("sign-in", guesser, limits.Value.SignIns, cancellationToken);

        var account = await accounts.FindByHandleAsync(handle, cancellationToken);
        var verdict = hasher.VerifyHashedPassword(account?.User!, account?.PasswordHash ?? _decoy.Value, password);
        if (account?.PasswordHash is null || verdict == PasswordVerificationResult.Failed)
            throw new RefusedException(AccountRefusals.WrongCredentials);
        await limiter.ForgetSharedAsync("sign-in", guesser, cancellationToken);
        return sessions.Issue(account);
    }

    private string NewId() => Ids.New(clock.Now.Ms);

    private string NewStamp() => Ids.New(clock.Now.Ms);
}
