using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Background;
using MusicSocial.Realtime.Clock;

namespace MusicSocial.Server.Listens;

/// <summary>What is kept of what users listened to; configured under <c>Listens</c>.</summary>
internal sealed class ListenOptions
{
    /// <summary>Listens older than this are removed; kept for ever when unset.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan? Keep { get; set; }
}

/// <summary>Removes listens that are older than <see cref="ListenOptions.Keep"/>, a batch at a time.</summary>
internal sealed class ListenRetention(
    ListenStore listens, IHubClock clock, IOptions<ListenOptions> options, TimeProvider time, ILogger<ListenRetention> logger)
    : PeriodicService(TimeSpan.FromHours(1), time, logger)
{
    private const int BatchSize = 1_000;

    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Keep is not { } keep)
            return;
        while (await listens.RemoveBeforeAsync(clock.Now.Ms - keep.TotalMilliseconds, BatchSize, stoppingToken) == BatchSize)
        {
            // Other writes get their turn between two batches.
        }
    }
}
