using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Background;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Redis.Connection;
using StackExchange.Redis;

namespace MusicSocial.Realtime.Redis.Presence;

/// <summary>
/// Presence over nodes. Each node knows its own people and speaks for them in Redis, where it renews them all every few seconds: what Redis
/// forgot is back within that, and a killed node's people are gone when its lease is. While Redis is away a node knows only its own.
/// </summary>
internal sealed class RedisPresence(
    InProcessPresence here, RedisConnection connection, IHubClock clock, TimeProvider time, IOptions<RealtimeOptions> options,
    ILogger<RedisPresence> logger) : PeriodicService(options.Value.NodeLease / 4, time, logger), IPresence
{
    private const int PeoplePerScript = 500;
    private static readonly ParallelOptions Together = new() { MaxDegreeOfParallelism = 32 };

    private Action<string, IReadOnlyList<string>>[] _observers = [];

    private TimeSpan NodeLease => options.Value.NodeLease;

    public async ValueTask<bool> ArriveAsync(string place, string userId, string connectionId, CancellationToken cancellationToken)
    {
        var isNewHere = await here.ArriveAsync(place, userId, connectionId, cancellationToken);
        return await AskAsync(async () => await RenewAsync(place, [(userId, here.LeaseEnd(place, userId) ?? clock.Now)], cancellationToken) > 0, isNewHere);
    }

    public async ValueTask<bool> LeaveAsync(string place, string userId, string connectionId, CancellationToken cancellationToken)
    {
        if (!await here.LeaveAsync(place, userId, connectionId, cancellationToken))
            return false;
        var isGone = await AskAsync(async () => (long)await RunAsync(PresenceScripts.Leave, place, [userId], CancellationToken.None) == 1, true);
        if (here.LeaseEnd(place, userId) is not { } until)
            return isGone;
        // Back again before Redis knew that they had gone.
        await AskAsync(() => RenewAsync(place, [(userId, until)], CancellationToken.None), 0);
        return false;
    }

    public async ValueTask<bool> IsPresentAsync(string place, string userId, CancellationToken cancellationToken) =>
        await here.IsPresentAsync(place, userId, cancellationToken)
        || await AskAsync(async () => (long)await RunAsync(PresenceScripts.IsPresent, place, [userId], cancellationToken) == 1, false);

    public async ValueTask<IReadOnlyList<string>> WhoAsync(string place, int limit, CancellationToken cancellationToken)
    {
        var mine = await here.WhoAsync(place, limit, cancellationToken);
        var present = await AskAsync<IReadOnlyList<string>>(
            async () => (string[])(await RunAsync(PresenceScripts.Who, place, [limit], cancellationToken))!, []);
        // Redis may have been flushed a moment ago; the members of this node are present all the same.
        return [.. present.Union(mine).Take(limit)];
    }

    public async ValueTask<int> CountAsync(string place, CancellationToken cancellationToken)
    {
        var mine = await here.CountAsync(place, cancellationToken);
        return Math.Max(mine, await AskAsync(async () => (int)await RunAsync(PresenceScripts.Count, place, [], cancellationToken), 0));
    }

    public void Observe(Action<string, IReadOnlyList<string>> changed)
    {
        _observers = [.. _observers, changed];
        here.Observe(changed);
    }

    /// <summary>Renews the leases of the members on this node.</summary>
    internal async Task RenewAllAsync(CancellationToken cancellationToken)
    {
        var chunks = here.Leases().SelectMany(leases => leases.People.Chunk(PeoplePerScript).Select(people => (leases.Place, People: people)));
        await Parallel.ForEachAsync(chunks, Together, async (chunk, _) =>
        {
            // Their leases had lapsed or were lost with the data: others may take them for absent.
            if (await RenewAsync(chunk.Place, chunk.People, cancellationToken) > 0)
                Notify(chunk.Place, []);
        });
    }

    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (connection.IsUp)
                await RenewAllAsync(stoppingToken);
        }
        catch (RefusedException)
        {
            // Redis went away: all leases are renewed on its return.
        }
    }

    /// <summary>How many of them had no lease.</summary>
    private async Task<int> RenewAsync(string place, IReadOnlyList<(string UserId, HubTime Until)> people, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        List<RedisValue> arguments = [Ms(2 * NodeLease)];
        foreach (var (userId, until) in people)
            arguments.AddRange([userId, Ms(until - now < NodeLease ? until - now : NodeLease)]);
        var answer = (RedisResult[])(await RunAsync(PresenceScripts.Renew, place, arguments, cancellationToken))!;
        if (answer.Length > 1)
            Notify(place, [.. answer.Skip(1).Select(person => (string)person!)]);
        return (int)answer[0];
    }

    private void Notify(string place, IReadOnlyList<string> lapsed)
    {
        foreach (var observer in _observers)
            observer(place, lapsed);
    }

    private Task<RedisResult> RunAsync(RedisScript script, string place, IEnumerable<RedisValue> arguments, CancellationToken cancellationToken) =>
        connection.RunAsync(
            script,
            [connection.Keys.Of(place, "people"), connection.Keys.Of(place, "leases")],
            [connection.NodeId, .. arguments],
            cancellationToken);

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask, T whileAway)
    {
        try
        {
            return await ask();
        }
        catch (RefusedException)
        {
            return whileAway;
        }
    }

    private static long Ms(TimeSpan span) => Math.Max(0, (long)span.TotalMilliseconds);
}
