using Microsoft.AspNetCore.Http.HttpResults;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Api;

namespace MusicSocial.Server.Catalog.Scanning;

/// <summary>For the owner of the music: what the scan does and skips, and having it look again.</summary>
internal static class ScanApi
{
    public static void MapScanApi(this IEndpointRouteBuilder routes)
    {
        var scan = routes.MapGroup("/api/admin/scan").WithTags("Catalog").RequireAuthorization();
        scan.MapGet("/", Get);
        scan.MapPost("/", Post);
    }

    private static async Task<Ok<ScanStatus>> Get(CurrentUser by, Staff staff, ScanMonitor monitor, CancellationToken cancellationToken)
    {
        await staff.RequireOperatorAsync(by, cancellationToken);
        return TypedResults.Ok(monitor.Status);
    }

    private static async Task<Accepted<ScanStatus>> Post(
        HttpRequest http, CurrentUser by, Staff staff, ScanMonitor monitor, FolderWatch watch, CancellationToken cancellationToken)
    {
        await staff.RequireOperatorAsync(by, cancellationToken);
        var request = await OptionalBody.ReadAsync<ScanRequest>(http, cancellationToken);
        monitor.Demand(new ScanDemand(request?.Force == true, (request?.Path ?? "").Trim('/')));
        watch.Notify();
        return TypedResults.Accepted((string?)null, monitor.Status);
    }
}
