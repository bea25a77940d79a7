using Microsoft.Extensions.Logging;
using MusicSocial.Realtime.Background;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Redis.Connection;

namespace MusicSocial.Realtime.Redis.Clock;

/// <summary>The hub clock of a node: aligned before the node begins to work, when Redis is there, and from then on once a second. It runs on while Redis is away.</summary>
internal sealed class ClusterClock : PeriodicService, IHubClock
{
    private const int FirstComparisons = 16;

    // The shortest of a few in a row is nearly always undisturbed.
    private const int Comparisons = 4;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly SlewedClock _clock;
    private readonly ClockAlignment _alignment;
    private readonly RedisConnection _connection;

    public ClusterClock(RedisConnection connection, RedisTime authority, TimeProvider time, ILogger<ClusterClock> logger)
        : base(Interval, time, logger)
    {
        _connection = connection;
        _clock = new(time);
        _alignment = new(_clock, authority, logger);
    }

    public HubTime Now => _clock.Now;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await CompareAsync(FirstComparisons, cancellationToken);
        _clock.Set(_alignment.Offset);
        await base.StartAsync(cancellationToken);
    }

    protected override Task RunOnceAsync(CancellationToken stoppingToken) =>
        CompareAsync(_alignment.IsAligned ? Comparisons : FirstComparisons, stoppingToken);

    private async Task CompareAsync(int times, CancellationToken cancellationToken)
    {
        try
        {
            for (var i = 0; i < times && _connection.IsUp; i++)
                await _alignment.CompareAsync(cancellationToken);
        }
        catch (RefusedException)
        {
            // Redis went away: the clock runs on.
        }
    }
}
