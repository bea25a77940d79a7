using System.Text.Json;
using Dapper;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Cluster;

namespace MusicSocial.Server.Storage;

/// <summary>Events that were accepted while the backplane was away, in the database that all nodes share, until a node can send them.</summary>
internal sealed class UnsentEventStore(Database database, IHubClock clock) : IUnsentEvents
{
    private sealed record Row
    {
        public string Id { get; init; } = "";
        public string Topic { get; init; } = "";
        public string Type { get; init; } = "";
        public string Data { get; init; } = "";
        public string IdempotencyKey { get; init; } = "";
    }

    public Task KeepAsync(string topic, NewEvent newEvent, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync(
                """
                INSERT INTO unsent_events (id, topic, type, data, idempotency_key)
                VALUES (@Id, @Topic, @Type, @Data, @IdempotencyKey)
                """,
                new Row
                {
                    Id = Ids.New(clock.Now.Ms),
                    Topic = topic,
                    Type = newEvent.Type,
                    Data = newEvent.Data.GetRawText(),
                    IdempotencyKey = newEvent.IdempotencyKey ?? throw new ArgumentException("The event has no key.", nameof(newEvent)),
                }),
            cancellationToken);

    public async Task<IReadOnlyList<UnsentEvent>> OldestAsync(int most, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            connection => connection.QueryAsync<Row>(
                """
                SELECT id, topic, type, data, idempotency_key
                FROM unsent_events
                ORDER BY id
                LIMIT @most
                """,
                new { most }),
            cancellationToken);
        return [.. rows.Select(row => new UnsentEvent(row.Id, row.Topic, new(row.Type, Parse(row.Data), row.IdempotencyKey)))];
    }

    public Task ForgetAsync(IReadOnlyCollection<UnsentEvent> sent, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync("DELETE FROM unsent_events WHERE id = @Id", sent.Select(one => new { one.Id })),
            cancellationToken);

    private static JsonElement Parse(string data)
    {
        using var document = JsonDocument.Parse(data);
        return document.RootElement.Clone();
    }
}
