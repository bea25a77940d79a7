using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using MusicSocial.Realtime.Background;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Cluster;

namespace MusicSocial.Server.Accounts;

/// <summary>
/// Sessions that ended while their access tokens are still good. Every node knows them, refuses those tokens and closes the connections that were opened
/// with them; what ended while a node did not run, or was cut off, it reads from the store.
/// </summary>
internal sealed class EndedSessions : PeriodicService, IAsyncDisposable
{
    private const string Subject = "session";

    /// <summary>Longer than any access token lives.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromHours(2);

    private readonly ConcurrentDictionary<string, HubTime> _ended = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (string SessionId, HubCallerContext Connection)> _connections = new(StringComparer.Ordinal);
    private readonly SessionStore _store;
    private readonly CacheInvalidationBus _invalidations;
    private readonly IHubClock _clock;
    private readonly KeyedWorkQueue _reading;

    public EndedSessions(SessionStore store, CacheInvalidationBus invalidations, IHubClock clock, TimeProvider time, ILogger<EndedSessions> logger)
        : base(TimeSpan.FromMinutes(1), time, logger)
    {
        (_store, _invalidations, _clock) = (store, invalidations, clock);
        _reading = new("ended sessions", parallelism: 1, logger);
        invalidations.Subscribe(Subject, Note);
    }

    public bool Has(string? sessionId) => sessionId is not null && _ended.ContainsKey(sessionId);

    /// <summary>These sessions have ended, durably: every node closes their connections.</summary>
    public ValueTask AddAsync(IReadOnlyCollection<string> sessionIds) => _invalidations.PublishAsync(Subject, sessionIds);

    /// <summary>Remembers a connection, to be closed when its session ends.</summary>
    public void Connected(string sessionId, HubCallerContext connection)
    {
        _connections[connection.ConnectionId] = (sessionId, connection);
        if (Has(sessionId))
            connection.Abort();
    }

    public void Disconnected(string connectionId) => _connections.TryRemove(connectionId, out _);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the first request is answered: what ended while this node was down counts here too.
        await ReadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return _reading.DisposeAsync();
    }

    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        await ReadAsync(stoppingToken);
        foreach (var (sessionId, at) in _ended.Where(ended => ended.Value < _clock.Now - Kept))
            _ended.TryRemove(KeyValuePair.Create(sessionId, at));
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        foreach (var sessionId in await _store.EndedAsync((long)(_clock.Now - Kept).Ms, cancellationToken))
            Add(sessionId);
    }

    // Null: anything may have ended.
    private void Note(string? sessionId)
    {
        if (sessionId is null)
            _reading.EnqueueLatest(Subject, ReadAsync);
        else
            Add(sessionId);
    }

    private void Add(string sessionId)
    {
        if (!_ended.TryAdd(sessionId, _clock.Now))
            return;
        foreach (var (_, (owner, connection)) in _connections)
        {
            if (owner == sessionId)
                connection.Abort();
        }
    }
}
