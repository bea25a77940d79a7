using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Api;
using MusicSocial.Server.Limits;
using MusicSocial.Sync;
using MusicSocial.Sync.Commands;
using QRCoder;

namespace MusicSocial.Server.Rooms;

internal static class RoomsApi
{
    public static void MapRoomsApi(this IEndpointRouteBuilder routes)
    {
        var rooms = routes.MapGroup("/api/rooms").WithTags("Rooms").WithLimitedReads();
        rooms.MapPost("/", Open).RequireAuthorization();
        rooms.MapGet("/", Directory);
        rooms.MapGet("/{idOrCode}", Find);
        rooms.MapDelete("/{idOrCode}", Close).RequireAuthorization();
        rooms.MapGet("/{idOrCode}/qr.svg", QrCode);
        rooms.MapGet("/{id}/bans", Bans).RequireAuthorization();
        rooms.MapGet("/{id}/words", Words).RequireAuthorization();
        rooms.MapGet("/{id}/knocks", Knocks).RequireAuthorization();
        rooms.MapDelete("/{id}/bans/{userId}", Unban).RequireAuthorization();
    }

    private static async Task<Ok<RoomView>> Open(
        OpenRoomRequest request, CurrentUser user, RoomRepository rooms, RoomAccess access, RoomViews views, RateLimiter limiter,
        IOptions<RoomOptions> options, CancellationToken cancellationToken)
    {
        var settings = new RoomSettings
        {
            Name = CleanText.Line(request.Name, RoomLimits.NameLength),
            Visibility = RoomMapping.Known(request.Visibility ?? RoomVisibility.Public),
        };
        limiter.Acquire("room-open", user.Id, options.Value.Openings);
        var opened = await rooms.OpenAsync(settings, await access.HashPasswordAsync(request.Password), user.Id, cancellationToken);
        return TypedResults.Ok(await views.ComposeForMemberAsync(opened, cancellationToken));
    }

    private static async Task<Ok<Page<RoomView>>> Directory(
        string? cursor, int? limit, RoomDirectory directory, CancellationToken cancellationToken) =>
        TypedResults.Ok(await directory.ListAsync(cursor, limit, cancellationToken));

    private static async Task<Ok<RoomView>> Find(
        string idOrCode, CurrentUser? user, RoomAccess access, RoomViews views, HttpContext http, CancellationToken cancellationToken)
    {
        var live = await access.FindAsync(idOrCode, ClientNetwork.Of(http), cancellationToken);
        return TypedResults.Ok(await views.ComposeAsync(live, user?.Id, cancellationToken));
    }

    private static async Task<NoContent> Close(
        string idOrCode, CurrentUser user, RoomAccess access, RoomRepository rooms, Staff staff, HttpContext http, CancellationToken cancellationToken)
    {
        var live = await access.FindAsync(idOrCode, ClientNetwork.Of(http), cancellationToken);
        var mayClose = live.Room.OpenerId != user.Id && await staff.IsModeratorAsync(user.Id, cancellationToken);
        await rooms.ApplyAsync(live.Id, mayClose ? new CloseByOperator() : new Close(user.Id), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<Page<BanView>>> Bans(string id, CurrentUser user, RoomModeration moderation, CancellationToken cancellationToken) =>
        TypedResults.Ok(new Page<BanView>(await moderation.BansAsync(user, id, cancellationToken), Next: null));

    private static async Task<Ok<Page<WordRuleView>>> Words(string id, CurrentUser user, RoomModeration moderation, CancellationToken cancellationToken) =>
        TypedResults.Ok(new Page<WordRuleView>(await moderation.WordsAsync(user, id, cancellationToken), Next: null));

    private static async Task<Ok<Page<KnockView>>> Knocks(string id, CurrentUser user, RoomKnocks knocks, CancellationToken cancellationToken) =>
        TypedResults.Ok(new Page<KnockView>(await knocks.WaitingAsync(user, id, cancellationToken), Next: null));

    private static async Task<NoContent> Unban(string id, string userId, CurrentUser user, RoomModeration moderation, CancellationToken cancellationToken)
    {
        await moderation.UnbanAsync(user, id, userId, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<ContentHttpResult> QrCode(
        string idOrCode, RoomAccess access, IOptions<RoomOptions> options, HttpContext http, CancellationToken cancellationToken)
    {
        var live = await access.FindAsync(idOrCode, ClientNetwork.Of(http), cancellationToken);
        var hub = PublicAddress.Of(http, options.Value.PublicUrl);
        using var code = QRCodeGenerator.GenerateQrCode($"{hub}/room/{live.Room.Code}", QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(code);
        http.Response.Headers.CacheControl = "private, max-age=3600";
        return TypedResults.Text(svg.GetGraphic(8), "image/svg+xml");
    }
}
