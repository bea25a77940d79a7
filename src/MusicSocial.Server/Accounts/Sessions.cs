using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.Extensions.Options;

namespace MusicSocial.Server.Accounts;

/// <summary>Issues and renews sessions. Tokens are the framework's protected tickets: nothing is stored, nothing is logged.</summary>
internal sealed class Sessions(AccountStore accounts, GuestStore guests, IOptionsMonitor<BearerTokenOptions> options, TimeProvider time)
{
    private const string StampClaim = "stamp";

    private BearerTokenOptions Bearer => options.Get(BearerTokenDefaults.AuthenticationScheme);

    public Session Issue(Account account)
    {
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, account.User.Id)], BearerTokenDefaults.AuthenticationScheme);
        var access = Bearer.BearerTokenProtector.Protect(Ticket(identity, Bearer.BearerTokenExpiration));

        var renewal = identity.Clone();
        renewal.AddClaim(new Claim(StampClaim, account.SecurityStamp));
        var refresh = Bearer.RefreshTokenProtector.Protect(Ticket(renewal, Bearer.RefreshTokenExpiration));
        return new Session(access, refresh, (int)Bearer.BearerTokenExpiration.TotalSeconds, account.User);
    }

    /// <summary>A new session for a refresh token; refuses <c>auth.expired</c> when it is old, forged or revoked.</summary>
    public async Task<Session> RefreshAsync(string? refreshToken, CancellationToken cancellationToken)
    {
        var ticket = Bearer.RefreshTokenProtector.Unprotect(refreshToken);
        if (ticket?.Properties.ExpiresUtc is { } expires && expires > time.GetUtcNow() &&
            ticket.Principal.FindFirstValue(ClaimTypes.NameIdentifier) is { } id &&
            await accounts.FindByIdAsync(id, cancellationToken) is { } account &&
            ticket.Principal.FindFirstValue(StampClaim) == account.SecurityStamp)
        {
            if (account.User.Guest)
                await guests.SeenAsync(id, time.GetUtcNow().ToUnixTimeMilliseconds(), cancellationToken);
            return Issue(account);
        }

        throw new RefusedException(AccountRefusals.RefreshInvalid);
    }

    private AuthenticationTicket Ticket(ClaimsIdentity identity, TimeSpan lifetime) =>
        new(
            new ClaimsPrincipal(identity),
            new AuthenticationProperties { ExpiresUtc = time.GetUtcNow() + lifetime },
            BearerTokenDefaults.AuthenticationScheme);
}
