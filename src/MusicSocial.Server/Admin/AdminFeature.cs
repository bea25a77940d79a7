using Microsoft.AspNetCore.Http.HttpResults;
using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Admin;

internal static class AdminFeature
{
    public static IServiceCollection AddAdmin(this IServiceCollection services) =>
        services.AddSingleton<AuditStore>().AddSingleton<AuditLog>().AddSingleton<Suspensions>().AddSingleton<Resets>().AddSingleton<Invitations>()
            .AddSingleton<PeopleStore>().AddSingleton<PeopleRecords>();

    public static void MapAdmin(this IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/api/admin").WithTags("Admin").RequireAuthorization();
        admin.MapPost("/users/{handle}/suspend", Suspend);
        admin.MapPost("/users/{handle}/restore", Restore);
        admin.MapGet("/users", People);
        admin.MapPost("/users/{handle}/role", ChangeRole);
        admin.MapPost("/users/{handle}/end-sessions", EndSessions);
        admin.MapPost("/users/{handle}/reset", Reset);
        admin.MapInvitations();
        admin.MapGet("/audit", Audit);
    }

    private static async Task<NoContent> Suspend(
        string handle, SuspendRequest request, CurrentUser by, Suspensions suspensions, CancellationToken cancellationToken)
    {
        await suspensions.SuspendAsync(by, handle, request, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> Restore(string handle, CurrentUser by, Suspensions suspensions, CancellationToken cancellationToken)
    {
        await suspensions.RestoreAsync(by, handle, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<ResetCode>> Reset(string handle, CurrentUser by, Resets resets, CancellationToken cancellationToken) =>
        TypedResults.Ok(await resets.ResetAsync(by, handle, cancellationToken));

    private static async Task<Ok<Page<PersonRecord>>> People(
        string? query, string? cursor, int? limit, CurrentUser by, PeopleRecords people, CancellationToken cancellationToken) =>
        TypedResults.Ok(await people.FindAsync(by, query, cursor, limit, cancellationToken));

    private static async Task<NoContent> ChangeRole(
        string handle, RoleRequest request, CurrentUser by, PeopleRecords people, CancellationToken cancellationToken)
    {
        await people.ChangeRoleAsync(by, handle, request.Role, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> EndSessions(string handle, CurrentUser by, PeopleRecords people, CancellationToken cancellationToken)
    {
        await people.EndSessionsAsync(by, handle, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<Page<AuditEntry>>> Audit(
        string? cursor, int? limit, CurrentUser by, AuditLog audit, CancellationToken cancellationToken) =>
        TypedResults.Ok(await audit.ListAsync(by, cursor, limit, cancellationToken));
}
