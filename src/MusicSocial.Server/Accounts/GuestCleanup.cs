using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Background;
using MusicSocial.Realtime.Clock;

namespace MusicSocial.Server.Accounts;

/// <summary>Who may make accounts and how long they are kept, configured under <c>Accounts</c>.</summary>
internal sealed class AccountOptions
{
    /// <summary>Guests not seen for this long are removed, unless they wrote something. Longer than a refresh token lives: they could not come back anyway.</summary>
    [Range(typeof(TimeSpan), "91.00:00:00", "36500.00:00:00")]
    public TimeSpan KeepGuests { get; set; } = TimeSpan.FromDays(120);

    /// <summary>Who may make an account.</summary>
    public SignUpMode SignUp { get; set; } = SignUpMode.Open;

    /// <summary>Whether people come in without an account.</summary>
    public bool Guests { get; set; } = true;

    /// <summary>From the request to delete an account to its deletion; signing in meanwhile keeps it.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan DeletionGrace { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Whether the first account of a fresh hub is its operator. Turn it off where strangers may be quicker than the owner.</summary>
    public bool FirstIsOperator { get; set; } = true;
}

/// <summary>Removes guests who will not come back, a batch at a time, and sessions nothing refers to any more.</summary>
internal sealed partial class GuestCleanup(
    GuestStore guests, SessionStore sessions, Users users, IHubClock clock, IOptions<AccountOptions> options, TimeProvider time, ILogger<GuestCleanup> logger)
    : PeriodicService(TimeSpan.FromHours(1), time, logger)
{
    private const int BatchSize = 200;

    /// <summary>Longer than an access token of an ended session is good.</summary>
    private static readonly TimeSpan EndedKept = TimeSpan.FromDays(1);

    /// <summary>Longer than a refresh token is good.</summary>
    private static readonly TimeSpan UnusedKept = TimeSpan.FromDays(91);

    private readonly ILogger _logger = logger;

    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        var nowMs = (long)clock.Now.Ms;
        await guests.NoteUnknownAsync(nowMs, stoppingToken);
        await sessions.RemoveAsync(nowMs - (long)EndedKept.TotalMilliseconds, nowMs - (long)UnusedKept.TotalMilliseconds, stoppingToken);
        var removed = 0;
        for (var batch = BatchSize; batch == BatchSize; removed += batch)
        {
            var ids = await guests.RemoveUnusedAsync(nowMs - (long)options.Value.KeepGuests.TotalMilliseconds, BatchSize, stoppingToken);
            await users.ChangedAsync(ids);
            batch = ids.Count;
        }

        if (removed > 0)
            LogRemoved(_logger, removed, options.Value.KeepGuests.TotalDays);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Count} guests who had not been seen for {Days} days and had written nothing.")]
    private static partial void LogRemoved(ILogger logger, int count, double days);
}
