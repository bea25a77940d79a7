using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Api;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Admin;

/// <summary>What moderators and operators decided, the newest first: kept for good and never changed.</summary>
internal sealed class AuditLog(AuditStore store, Staff staff, Users users, IHubClock clock)
{
    private sealed record PageKey(string Id);

    public Task AddAsync(CurrentUser by, string action, string subject, string? reason, CancellationToken cancellationToken)
    {
        var nowMs = (long)clock.Now.Ms;
        return store.AddAsync(new AuditRow { Id = Ids.New(nowMs), AtMs = nowMs, ById = by.Id, Action = action, Subject = subject, Reason = reason }, cancellationToken);
    }

    /// <summary>One page, for moderators and operators.</summary>
    public async Task<Page<AuditEntry>> ListAsync(CurrentUser by, string? cursor, int? limit, CancellationToken cancellationToken)
    {
        await staff.RequireModeratorAsync(by, cancellationToken);
        var size = Cursor.Limit(limit);
        var rows = await store.ListAsync(Cursor.Decode<PageKey>(cursor)?.Id ?? Ids.AfterAll, size + 1, cancellationToken);
        var page = Cursor.ToPage(rows, size, row => new PageKey(row.Id));
        var deciders = await users.GetAsync([.. page.Items.Select(row => row.ById)], cancellationToken);
        return new Page<AuditEntry>(
            [.. page.Items.Select(row => new AuditEntry(row.Id, row.AtMs, deciders[row.ById], row.Action, row.Subject, row.Reason))], page.Next);
    }
}
