using Microsoft.AspNetCore.Http.HttpResults;
using MusicSocial.Server.Api;
using MusicSocial.Server.Limits;

namespace MusicSocial.Server.Accounts;

internal static class AccountsApi
{
    public static void MapAccountsApi(this IEndpointRouteBuilder routes)
    {
        var accounts = routes.MapGroup("/api/accounts").WithTags("Accounts");
        accounts.MapPost("/guest", Guest);
        accounts.MapPost("/", Register);
        accounts.MapGet("/sign-up", (SignUp signUp) => TypedResults.Ok(signUp.View)).WithLimitedReads();
        accounts.MapPost("/login", LogIn);
        accounts.MapPost("/refresh", Refresh);
        accounts.MapGet("/me", Me).RequireAuthorization();
        accounts.MapPut("/password", ChangePassword).RequireAuthorization();
        accounts.MapPost("/recover", Recover);
        accounts.MapGet("/recovery-codes", RecoveryCodesLeft).RequireAuthorization();
        accounts.MapPost("/recovery-codes", RenewRecoveryCodes).RequireAuthorization();
        accounts.MapPost("/upgrade", Upgrade).RequireAuthorization();
        accounts.MapGet("/export", Export).RequireAuthorization();
        accounts.MapDelete("/me", DeleteMe).RequireAuthorization();
        accounts.MapPost("/logout", LogOut).RequireAuthorization();
        accounts.MapGet("/sessions", ListSessions).RequireAuthorization();
        accounts.MapDelete("/sessions/{id}", EndSession).RequireAuthorization();
        accounts.MapDelete("/sessions", EndOtherSessions).RequireAuthorization();
    }

    private static async Task<Ok<Session>> Guest(GuestRequest request, SignIn signIn, SignInOrigin origin, CancellationToken cancellationToken) =>
        TypedResults.Ok(await signIn.GuestAsync(request, origin, cancellationToken));

    private static async Task<Ok<Session>> Register(RegisterRequest request, SignIn signIn, SignInOrigin origin, CancellationToken cancellationToken) =>
        TypedResults.Ok(await signIn.RegisterAsync(request, origin, cancellationToken));

    private static async Task<Ok<Session>> LogIn(LoginRequest request, SignIn signIn, SignInOrigin origin, CancellationToken cancellationToken) =>
        TypedResults.Ok(await signIn.LogInAsync(request, origin, cancellationToken));

    private static async Task<Ok<Session>> Refresh(
        RefreshRequest request, Sessions sessions, SignInOrigin origin, CancellationToken cancellationToken) =>
        TypedResults.Ok(await sessions.RenewAsync(request, origin, cancellationToken));

    private static async Task<Ok<Session>> ChangePassword(
        PasswordRequest request, CurrentUser user, AccountChanges changes, SignInOrigin origin, CancellationToken cancellationToken) =>
        TypedResults.Ok(await changes.ChangePasswordAsync(user, request, origin, cancellationToken));

    private static async Task<Ok<Session>> Recover(RecoverRequest request, Recovery recovery, SignInOrigin origin, CancellationToken cancellationToken) =>
        TypedResults.Ok(await recovery.RecoverAsync(request, origin, cancellationToken));

    private static async Task<Ok<RecoveryCodesLeft>> RecoveryCodesLeft(CurrentUser user, Recovery recovery, CancellationToken cancellationToken) =>
        TypedResults.Ok(await recovery.LeftAsync(user, cancellationToken));

    private static async Task<Ok<RecoveryCodes>> RenewRecoveryCodes(
        PasswordConfirmation request, CurrentUser user, Recovery recovery, SignInOrigin origin, CancellationToken cancellationToken) =>
        TypedResults.Ok(await recovery.RenewAsync(user, request, origin, cancellationToken));

    private static async Task<Ok<Session>> Upgrade(
        UpgradeRequest request, CurrentUser user, AccountChanges changes, SignInOrigin origin, CancellationToken cancellationToken) =>
        TypedResults.Ok(await changes.UpgradeAsync(user, request, origin, cancellationToken));

    private static async Task<FileStreamHttpResult> Export(CurrentUser user, AccountExport export, CancellationToken cancellationToken) =>
        TypedResults.Stream(await export.ComposeAsync(user, cancellationToken), "application/zip", "musicsocial-export.zip");

    private static async Task<Accepted<DeletionView>> DeleteMe(
        HttpRequest http, CurrentUser user, AccountDeletion deletion, SignInOrigin origin, CancellationToken cancellationToken) =>
        TypedResults.Accepted((string?)null, await deletion.RequestAsync(user, await OptionalBody.ReadAsync<DeleteAccountRequest>(http, cancellationToken), origin, cancellationToken));

    // Bound by hand: clients leave the body of a DELETE out, and the content type with it.
    private static async Task<NoContent> LogOut(CurrentUser user, Sessions sessions, CancellationToken cancellationToken)
    {
        // Tokens of before there were sessions end with their hour.
        if (user.SessionId is not null)
            await sessions.EndAsync(user.Id, user.SessionId, SessionEnd.LogOut, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<Page<SessionView>>> ListSessions(CurrentUser user, Sessions sessions, CancellationToken cancellationToken) =>
        TypedResults.Ok(new Page<SessionView>(await sessions.ListAsync(user, cancellationToken), Next: null));

    private static async Task<NoContent> EndSession(string id, CurrentUser user, Sessions sessions, CancellationToken cancellationToken)
    {
        await sessions.EndAsync(user.Id, id, SessionEnd.ByOwner, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> EndOtherSessions(CurrentUser user, Sessions sessions, CancellationToken cancellationToken)
    {
        await sessions.EndAllAsync(user.Id, exceptId: user.SessionId, SessionEnd.ByOwner, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<Myself>> Me(CurrentUser user, Users users, Staff staff, CancellationToken cancellationToken)
    {
        var me = await users.GetAsync(user.Id, cancellationToken);
        return TypedResults.Ok(new Myself(me.Id, me.Handle, me.DisplayName, me.Guest, await staff.RoleOfAsync(me.Id, cancellationToken)));
    }
}
