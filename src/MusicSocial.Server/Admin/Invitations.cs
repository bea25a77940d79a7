using Microsoft.AspNetCore.Http.HttpResults;
using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Api;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Admin;

/// <summary>Invitations to sign up, made and revoked by operators; each is in the audit log. All refuse <c>auth.forbidden</c> to others.</summary>
internal sealed class Invitations(InvitationStore store, Staff staff, Users users, AuditLog audit, IHubClock clock)
{
    private const int NoteLength = 200;
    private const int MaxUses = 10_000;

    private sealed record PageKey(string Id);

    /// <summary>Makes one. Its code is in this answer only.</summary>
    public async Task<Invitation> MakeAsync(CurrentUser by, InvitationRequest request, CancellationToken cancellationToken)
    {
        await staff.RequireOperatorAsync(by, cancellationToken);
        var nowMs = (long)clock.Now.Ms;
        var (uses, note) = (request.Uses ?? 1, string.IsNullOrWhiteSpace(request.Note) ? null : CleanText.Line(request.Note, NoteLength));
        if (uses is < 1 or > MaxUses)
            throw new RefusedException(Refusals.Invalid($"An invitation is good for 1 to {MaxUses} accounts."));
        if (request.ExpiresAtMs is { } end && !(end > nowMs && end < long.MaxValue))
            throw new RefusedException(Refusals.Invalid("An invitation ends in the future, or when it is used up or revoked."));

        var code = SignUp.NewCode();
        var row = new InvitationRow
        {
            Id = Ids.New(nowMs),
            CodeHash = SignUp.HashOf(code),
            ById = by.Id,
            Note = note,
            Uses = uses,
            CreatedAtMs = nowMs,
            ExpiresAtMs = (long?)request.ExpiresAtMs,
        };
        await store.AddAsync(row, cancellationToken);
        await audit.AddAsync(by, "invitation.made", row.Id, note, CancellationToken.None);
        return ToView(row, await users.GetAsync([by.Id], cancellationToken)) with { Code = code };
    }

    /// <summary>A page, the newest first.</summary>
    public async Task<Page<Invitation>> ListAsync(CurrentUser by, string? cursor, int? limit, CancellationToken cancellationToken)
    {
        await staff.RequireOperatorAsync(by, cancellationToken);
        var size = Cursor.Limit(limit);
        var rows = await store.ListAsync(Cursor.Decode<PageKey>(cursor)?.Id ?? Ids.AfterAll, size + 1, cancellationToken);
        var page = Cursor.ToPage(rows, size, row => new PageKey(row.Id));
        var makers = await users.GetAsync([.. page.Items.Select(row => row.ById).OfType<string>()], cancellationToken);
        return new([.. page.Items.Select(row => ToView(row, makers))], page.Next);
    }

    /// <summary>It is good no more; again changes nothing. Refuses <c>invitation.not_found</c>.</summary>
    public async Task RevokeAsync(CurrentUser by, string id, CancellationToken cancellationToken)
    {
        await staff.RequireOperatorAsync(by, cancellationToken);
        if (!Ids.IsValid(id) || !await store.RevokeAsync(id, (long)clock.Now.Ms, cancellationToken))
            throw new RefusedException(AdminRefusals.InvitationNotFound);
        await audit.AddAsync(by, "invitation.revoked", id, reason: null, CancellationToken.None);
    }

    private static Invitation ToView(InvitationRow row, IReadOnlyDictionary<string, User> makers) => new(
        row.Id, Code: null, row.ById is null ? null : makers.GetValueOrDefault(row.ById), row.Note, (int)row.Uses, (int)row.Used, row.CreatedAtMs, row.ExpiresAtMs, row.RevokedAtMs);
}

internal static class InvitationsApi
{
    public static void MapInvitations(this RouteGroupBuilder admin)
    {
        admin.MapPost("/invitations", Make);
        admin.MapGet("/invitations", List);
        admin.MapDelete("/invitations/{id}", Revoke);
    }

    private static async Task<Ok<Invitation>> Make(InvitationRequest request, CurrentUser by, Invitations invitations, CancellationToken cancellationToken) =>
        TypedResults.Ok(await invitations.MakeAsync(by, request, cancellationToken));

    private static async Task<Ok<Page<Invitation>>> List(
        string? cursor, int? limit, CurrentUser by, Invitations invitations, CancellationToken cancellationToken) =>
        TypedResults.Ok(await invitations.ListAsync(by, cursor, limit, cancellationToken));

    private static async Task<NoContent> Revoke(string id, CurrentUser by, Invitations invitations, CancellationToken cancellationToken)
    {
        await invitations.RevokeAsync(by, id, cancellationToken);
        return TypedResults.NoContent();
    }
}
