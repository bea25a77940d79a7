using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Redis.Connection;

namespace MusicSocial.Realtime.Redis.Clock;

/// <summary>The hub clock of a node: aligned before the node begins to work, when Redis is there, and from then on once a second. It runs on while Redis is away.</summary>
internal sealed partial class ClusterClock : BackgroundService, IHubClock
{
    private const int FirstComparisons = 16;

    // The shortest of a few in a row is nearly always undisturbed.
    private const int Comparisons = 4;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly SlewedClock _clock;
    private readonly ClockAlignment _alignment;
    private readonly RedisConnection _connection;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public ClusterClock(RedisConnection connection, RedisTime authority, TimeProvider time, ILogger<ClusterClock> logger)
    {
        (_connection, _time, _logger) = (connection, time, logger);
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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await CompareAsync(_alignment.IsAligned ? Comparisons : FirstComparisons, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node ends.
        }
    }

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
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The clock could not be compared; it runs on and is compared again in a second.")]
    private partial void LogFailed(Exception exception);
}
