using System.Security.Claims;

namespace MusicSocial.Server.Accounts;

/// <summary>The user who calls. As an endpoint parameter it requires a sign-in; nullable, it is null without one.</summary>
/// <param name="Id">The user.</param>
/// <param name="SessionId">The session they call in; null with a token of before there were sessions.</param>
public sealed record CurrentUser(string Id, string? SessionId = null)
{
    /// <summary>Minimal-API binding: the bearer of the request's token, or null.</summary>
    public static ValueTask<CurrentUser?> BindAsync(HttpContext context) => ValueTask.FromResult(From(context.User));

    /// <summary>The signed-in user of a hub connection; refuses <c>auth.required</c>.</summary>
    public static CurrentUser Require(ClaimsPrincipal? principal) =>
        From(principal) ?? throw new RefusedException(HubRefusals.SignInRequired);

    private static CurrentUser? From(ClaimsPrincipal? principal) =>
        principal?.FindFirstValue(ClaimTypes.NameIdentifier) is { } id ? new CurrentUser(id, principal.FindFirstValue(Sessions.SessionClaim)) : null;
}
