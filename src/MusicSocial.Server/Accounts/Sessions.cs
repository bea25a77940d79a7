using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Api;
using MusicSocial.Server.Limits;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Accounts;

/// <summary>Where a sign-in comes from.</summary>
/// <param name="Network">The network, as limits count it.</param>
/// <param name="Device">What the client says it is; null when it says nothing.</param>
public sealed record SignInOrigin(ClientNetwork Network, string? Device)
{
    private const int DeviceLength = 200;

    /// <summary>Minimal-API binding.</summary>
    public static ValueTask<SignInOrigin?> BindAsync(HttpContext context)
    {
        var agent = context.Request.Headers.UserAgent.ToString();
        var device = string.IsNullOrWhiteSpace(agent) ? null : CleanText.Line(agent[..Math.Min(agent.Length, DeviceLength)], DeviceLength);
        return ValueTask.FromResult<SignInOrigin?>(new(ClientNetwork.Of(context), device));
    }
}

/// <summary>
/// Begins, renews, lists and ends sessions. A session is a row and a family of refresh tokens, each good once: one that comes back a second time was stolen, by
/// the one who used it first or second, and ends the family. Access tokens are the framework's protected tickets with the session's id in them.
/// </summary>
internal sealed class Sessions(
    AccountStore accounts, GuestStore guests, SessionStore store, EndedSessions ended, SecurityLog log, IOptionsMonitor<BearerTokenOptions> options,
    IHubClock clock, TimeProvider time)
{
    /// <summary>The claim of both kinds of token that names their session.</summary>
    public const string SessionClaim = "sid";

    private const string GenerationClaim = "generation";
    private const string StampClaim = "stamp";
    private const int CommandIdLength = 64;

    private BearerTokenOptions Bearer => options.Get(BearerTokenDefaults.AuthenticationScheme);

    private long NowMs => (long)clock.Now.Ms;

    /// <summary>Begins a session on a device. Refuses <c>auth.suspended</c>, and <c>auth.invalid</c> when the account's password was changed since it was read.</summary>
    public async Task<Session> BeginAsync(Account account, SignInWay way, SignInOrigin origin, CancellationToken cancellationToken)
    {
        var session = new SessionRow
        {
            Id = Ids.New(NowMs),
            UserId = account.User.Id,
            Generation = 1,
            Device = origin.Device,
            Network = origin.Network.Name,
            CreatedAtMs = NowMs,
            UsedAtMs = NowMs,
        };
        var begin = await store.TryAddAsync(session, account.SecurityStamp, cancellationToken);
        if (begin == SessionBegin.Refused)
        {
            (await accounts.FindByIdAsync(account.User.Id, cancellationToken))?.RequireNotSuspended(clock.Now);
            throw new RefusedException(AccountRefusals.WrongCredentials);
        }

        log.SignedIn(account.User.Id, session.Id, way, origin.Network);
        var issued = Issue(account, session.Id, session.Generation);
        if (begin != SessionBegin.KeptAccount)
            return issued;
        log.DeletionCancelled(account.User.Id);
        return issued with { DeletionCancelled = true };
    }

    /// <summary>
    /// The session goes on, with new tokens. Refuses <c>auth.expired</c> for a token that is old, forged, of an ended session or was used before; the last ends
    /// the session. The same token with the same command id is the same renewal: its answer was lost.
    /// </summary>
    public async Task<Session> RenewAsync(RefreshRequest request, SignInOrigin origin, CancellationToken cancellationToken)
    {
        var ticket = Bearer.RefreshTokenProtector.Unprotect(request.RefreshToken);
        if (ticket?.Properties.ExpiresUtc is not { } expires || expires <= time.GetUtcNow()
            || ticket.Principal.FindFirstValue(ClaimTypes.NameIdentifier) is not { } userId
            || await accounts.FindByIdAsync(userId, cancellationToken) is not { } account
            || ticket.Principal.FindFirstValue(StampClaim) != account.SecurityStamp)
            throw new RefusedException(AccountRefusals.RefreshInvalid);
        account.RequireNotSuspended(clock.Now);
        if (account.User.Guest)
            await guests.SeenAsync(userId, NowMs, cancellationToken);
        // Tokens of before there were sessions begin one.
        if (ticket.Principal.FindFirstValue(SessionClaim) is not { } sessionId)
            return await BeginAsync(account, SignInWay.Token, origin, cancellationToken);

        var generation = long.Parse(ticket.Principal.FindFirstValue(GenerationClaim)!, System.Globalization.CultureInfo.InvariantCulture);
        var commandId = request.CommandId is { Length: > 0 and <= CommandIdLength } id ? id : null;
        if (await store.RotateAsync(sessionId, generation, commandId, origin.Network.Name, NowMs, cancellationToken))
            return Issue(account, sessionId, generation + 1);
        var session = await store.FindAsync(sessionId, cancellationToken);
        if (session is { EndedAtMs: null } && session.Generation == generation + 1 && commandId is not null && session.CommandId == commandId)
            return Issue(account, sessionId, session.Generation);
        await EndAsync(userId, [sessionId], SessionEnd.TokenReused, cancellationToken);
        throw new RefusedException(AccountRefusals.RefreshInvalid);
    }

    /// <summary>The user's open sessions.</summary>
    public async Task<IReadOnlyList<SessionView>> ListAsync(CurrentUser user, CancellationToken cancellationToken) =>
        [.. (await OpenAsync(user.Id, cancellationToken)).Select(session =>
            new SessionView(session.Id, session.Device, session.CreatedAtMs, session.UsedAtMs, session.Id == user.SessionId))];

    /// <summary>Ends one session; refuses <c>session.not_found</c>.</summary>
    public async Task EndAsync(string userId, string sessionId, SessionEnd why, CancellationToken cancellationToken)
    {
        if (await EndAsync(userId, [sessionId], why, cancellationToken) == 0)
            throw new RefusedException(AccountRefusals.SessionNotFound);
    }

    /// <summary>Ends the sessions of a user, all but one if that is given.</summary>
    public async Task EndAllAsync(string userId, string? exceptId, SessionEnd why, CancellationToken cancellationToken)
    {
        var open = await store.OpenAsync(userId, sinceMs: 0, cancellationToken);
        await EndAsync(userId, [.. open.Select(session => session.Id).Where(id => id != exceptId)], why, cancellationToken);
    }

    /// <summary>Issues tokens anew for a session that goes on after the account's stamp changed.</summary>
    public async Task<Session> ReissueAsync(Account account, string? sessionId, SignInOrigin origin, CancellationToken cancellationToken) =>
        sessionId is not null && await store.FindAsync(sessionId, cancellationToken) is { EndedAtMs: null } session
        && await store.RotateAsync(sessionId, session.Generation, commandId: null, origin.Network.Name, NowMs, cancellationToken)
            ? Issue(account, sessionId, session.Generation + 1)
            : await BeginAsync(account, SignInWay.Token, origin, cancellationToken);

    private Task<IReadOnlyList<SessionRow>> OpenAsync(string userId, CancellationToken cancellationToken) =>
        store.OpenAsync(userId, (long)(clock.Now - Bearer.RefreshTokenExpiration).Ms, cancellationToken);

    private async Task<int> EndAsync(string userId, IReadOnlyCollection<string> sessionIds, SessionEnd why, CancellationToken cancellationToken)
    {
        var over = await store.EndAsync(userId, sessionIds, NowMs, cancellationToken);
        log.SessionsEnded(userId, over, why);
        await ended.AddAsync(over);
        return over.Count;
    }

    private Session Issue(Account account, string sessionId, long generation)
    {
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, account.User.Id), new Claim(SessionClaim, sessionId)], BearerTokenDefaults.AuthenticationScheme);
        var access = Bearer.BearerTokenProtector.Protect(Ticket(identity, Bearer.BearerTokenExpiration));

        var renewal = identity.Clone();
        renewal.AddClaim(new Claim(StampClaim, account.SecurityStamp));
        renewal.AddClaim(new Claim(GenerationClaim, generation.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        var refresh = Bearer.RefreshTokenProtector.Protect(Ticket(renewal, Bearer.RefreshTokenExpiration));
        return new Session(access, refresh, (int)Bearer.BearerTokenExpiration.TotalSeconds, account.User);
    }

    private AuthenticationTicket Ticket(ClaimsIdentity identity, TimeSpan lifetime) =>
        new(
            new ClaimsPrincipal(identity),
            new AuthenticationProperties { ExpiresUtc = time.GetUtcNow() + lifetime },
            BearerTokenDefaults.AuthenticationScheme);
}
