using System.Threading.Channels;
using MusicSocial.Realtime.Background;
using MusicSocial.Server.Playback;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Listens;

/// <summary>Observes what people hear and writes a listen when one is due. Keeps one <see cref="Play"/> per person who hears something.</summary>
internal sealed partial class ListenCounter(ListenStore store, TimeProvider time, ILogger<ListenCounter> logger)
    : SupervisedService(time, logger), IPlaybackObserver
{
    private sealed record Due(string UserId, Play Play);

    /// <summary>Listens that may wait for a slow disk; more are dropped rather than kept in memory.</summary>
    private const int MaxWaiting = 50_000;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Play> _plays = [];
    private readonly Channel<Due> _due = Channel.CreateBounded<Due>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    public void Observe(string userId, ActivePlayback? playback, bool isShareable, HubTime now)
    {
        lock (_lock)
        {
            if (Play.After(_plays.GetValueOrDefault(userId), playback, now) is not { } play)
            {
                _plays.Remove(userId);
                return;
            }

            if (play.IsDue)
            {
                play = play with { IsCounted = true };
                _due.Writer.TryWrite(new Due(userId, play));
            }

            _plays[userId] = play;
        }
    }

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        // What is due when the hub stops is still written.
        await using var stop = stoppingToken.Register(() => _due.Writer.TryComplete());
        await foreach (var due in _due.Reader.ReadAllAsync(CancellationToken.None))
        {
            while (!await TryWriteAsync(due))
                await Task.Delay(RetryAfter, Time, stoppingToken);
        }
    }

    private async Task<bool> TryWriteAsync(Due due)
    {
        var countedAtMs = due.Play.ObservedAt.Ms;
        try
        {
            var listen = new Listen(Ids.New(countedAtMs), due.Play.Playback.Track, due.Play.StartedAt.Ms);
            await store.TryAddAsync(due.UserId, listen, countedAtMs, CancellationToken.None);
            return true;
        }
        catch (Exception exception)
        {
            LogNotWritten(exception, due.UserId);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A listen of {UserId} could not be written; tried again every second, and lost if the hub stops before.")]
    private partial void LogNotWritten(Exception exception, string userId);
}
