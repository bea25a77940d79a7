using Microsoft.AspNetCore.Http.HttpResults;

namespace MusicSocial.Server.Accounts;

internal static class AccountsApi
{
    public static void MapAccountsApi(this IEndpointRouteBuilder routes)
    {
        var accounts = routes.MapGroup("/api/accounts").WithTags("Accounts");
        accounts.MapPost("/guest", Guest);
        accounts.MapPost("/", Register);
        accounts.MapPost("/login", LogIn);
        accounts.MapPost("/refresh", Refresh);
        accounts.MapGet("/me", Me).RequireAuthorization();
    }

    private static async Task<Ok<Session>> Guest(GuestRequest request, SignIn signIn, HttpContext http, CancellationToken cancellationToken) =>
        TypedResults.Ok(await signIn.GuestAsync(request, AddressOf(http), cancellationToken));

    private static async Task<Ok<Session>> Register(RegisterRequest request, SignIn signIn, HttpContext http, CancellationToken cancellationToken) =>
        TypedResults.Ok(await signIn.RegisterAsync(request, AddressOf(http), cancellationToken));

    private static async Task<Ok<Session>> LogIn(LoginRequest request, SignIn signIn, HttpContext http, CancellationToken cancellationToken) =>
        TypedResults.Ok(await signIn.LogInAsync(request, AddressOf(http), cancellationToken));

    private static async Task<Ok<Session>> Refresh(RefreshRequest request, Sessions sessions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await sessions.RefreshAsync(request.RefreshToken, cancellationToken));

    private static async Task<Ok<User>> Me(CurrentUser user, Users users, CancellationToken cancellationToken) =>
        TypedResults.Ok(await users.GetAsync(user.Id, cancellationToken));

    private static string AddressOf(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "local";
}
