using Microsoft.AspNetCore.Http.HttpResults;
using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Moderation;

internal static class ModerationFeature
{
    public static IServiceCollection AddModeration(this IServiceCollection services) =>
        services.AddSingleton<ReportStore>().AddSingleton<Reports>().AddSingleton<IReportable, ReportablePeople>()
            .AddSingleton<IPersonalData, PersonalReports>();

    public static void MapModeration(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/reports", Report).WithTags("Moderation").RequireAuthorization();
        routes.MapGet("/api/me/reports", OwnReports).WithTags("Moderation").RequireAuthorization();
        var cases = routes.MapGroup("/api/admin/reports").WithTags("Moderation").RequireAuthorization();
        cases.MapGet("/", List);
        cases.MapPost("/{id}", Decide);
    }

    private static async Task<Ok<ReportView>> Report(ReportRequest request, CurrentUser by, Reports reports, CancellationToken cancellationToken) =>
        TypedResults.Ok(await reports.AddAsync(by, request, cancellationToken));

    private static async Task<Ok<Page<ReportView>>> OwnReports(
        string? cursor, int? limit, CurrentUser by, Reports reports, CancellationToken cancellationToken) =>
        TypedResults.Ok(await reports.OfReporterAsync(by, cursor, limit, cancellationToken));

    private static async Task<Ok<Page<ReportCase>>> List(
        string? state, string? cursor, int? limit, CurrentUser by, Reports reports, CancellationToken cancellationToken) =>
        TypedResults.Ok(await reports.ListAsync(by, state, cursor, limit, cancellationToken));

    private static async Task<Ok<ReportCase>> Decide(
        string id, DecisionRequest request, CurrentUser by, Reports reports, CancellationToken cancellationToken) =>
        TypedResults.Ok(await reports.DecideAsync(by, id, request, cancellationToken));
}

/// <summary>People as what they are reported for. Upheld, nothing happens to them by itself: a moderator decides whether to suspend them.</summary>
internal sealed class ReportablePeople(Users users) : IReportable
{
    public string Kind => "user";

    public async Task<ReportedThing?> FindAsync(string id, string reporterId, CancellationToken cancellationToken) =>
        (await users.GetAsync([id], cancellationToken)).GetValueOrDefault(id) is { } user
            ? new ReportedThing(user.Id, user.Id, $"{user.DisplayName} (@{user.Handle})")
            : null;

    public Task RemoveAsync(string id, CancellationToken cancellationToken) => Task.CompletedTask;
}
