using System.Threading.Channels;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Topics;
using MusicSocial.Sync;

namespace MusicSocial.Server.Playback;

/// <summary>
/// Parts people from <c>user:</c> topics they may no longer follow. A topic says the same to everybody, so it first says that
/// nothing plays, stays silent until that has reached all, parts those who must go, and then speaks on to the rest.
/// </summary>
internal sealed partial class AudienceGuard(
    Privacy privacy, NowPlayingFeed feed, UserFollowers followers, CueDoor cues, ITopics topics, IHubClock clock, TimeProvider time,
    ILogger<AudienceGuard> logger)
    : BackgroundService
{
    /// <summary>Frames leave within 50 to 100 ms; a connection slower than this learns it when it catches up.</summary>
    private static readonly TimeSpan Hush = TimeSpan.FromSeconds(1);

    private readonly Channel<(string OwnerId, HubTime Due)> _hushed = Channel.CreateUnbounded<(string, HubTime)>();

    /// <summary>The owner's audience became smaller. When it returns, nothing more is said to those who left it.</summary>
    public async Task NarrowAsync(string ownerId, CancellationToken cancellationToken)
    {
        await cues.RecheckAsync(NowPlayingFeed.TopicOf(ownerId), cancellationToken);
        if (followers.Of(ownerId).Count == 0)
            return;
        feed.Silence(ownerId);
        _hushed.Writer.TryWrite((ownerId, clock.Now + Hush));
        await feed.TellAsync(ownerId, cancellationToken);
    }

    /// <summary>The viewer left the owner's circle of mutual follows.</summary>
    public async Task CircleBrokenAsync(string ownerId, string viewerId)
    {
        if (!await privacy.IsAudienceAsync(ownerId, viewerId, CancellationToken.None))
            await NarrowAsync(ownerId, CancellationToken.None);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (ownerId, due) in _hushed.Reader.ReadAllAsync(stoppingToken))
        {
            if (due > clock.Now)
                await Task.Delay(due - clock.Now, time, stoppingToken);
            while (!await TryPartAsync(ownerId, stoppingToken))
                await Task.Delay(Hush, time, stoppingToken);
            feed.Unsilence(ownerId);
        }
    }

    private async Task<bool> TryPartAsync(string ownerId, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (connectionId, viewerId) in followers.Of(ownerId))
            {
                if (!await privacy.IsAudienceAsync(ownerId, viewerId, cancellationToken))
                    await topics.UnfollowAsync(connectionId, NowPlayingFeed.TopicOf(ownerId), cancellationToken);
            }

            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotParted(exception, ownerId);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Those who may not see {OwnerId} could not be parted; the topic stays silent until they are.")]
    private partial void LogNotParted(Exception exception, string ownerId);
}
