using Dapper;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Admin;

internal sealed record AuditRow
{
    public string Id { get; init; } = "";
    public long AtMs { get; init; }
    public string ById { get; init; } = "";
    public string Action { get; init; } = "";
    public string Subject { get; init; } = "";
    public string? Reason { get; init; }
}

internal sealed class AuditStore(Database database)
{
    public Task AddAsync(AuditRow entry, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync(
                "INSERT INTO audit (id, at_ms, by_id, action, subject, reason) VALUES (@Id, @AtMs, @ById, @Action, @Subject, @Reason)", entry),
            cancellationToken);

    public Task<IReadOnlyList<AuditRow>> ListAsync(string beforeId, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<AuditRow>>(
            async connection =>
            [
                .. await connection.QueryAsync<AuditRow>(
                    "SELECT id, at_ms, by_id, action, subject, reason FROM audit WHERE id < @beforeId ORDER BY id DESC LIMIT @limit", new { beforeId, limit }),
            ],
            cancellationToken);
}
