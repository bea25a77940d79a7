using System.Threading.Channels;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Playback.Cues;

namespace MusicSocial.Server.Playback;

/// <summary>
/// Parts people from <c>user:</c> topics they may no longer follow. A topic says the same to everybody on every node, so it first says that
/// nothing plays and keeps silent; meanwhile every node parts those of its own who must go; then it speaks on to the rest.
/// </summary>
internal sealed partial class AudienceGuard : BackgroundService
{
    /// <summary>What the bell between nodes calls an audience that became smaller.</summary>
    private const string Subject = "audience";

    /// <summary>Frames leave within 50 to 100 ms; a connection slower than this learns it when it catches up. The silence lasts twice as long.</summary>
    private static readonly TimeSpan Hush = TimeSpan.FromSeconds(1);

    private readonly Channel<(string OwnerId, HubTime Due)> _parting = Channel.CreateUnbounded<(string, HubTime)>();
    private readonly Channel<(string OwnerId, HubTime Due)> _speaking = Channel.CreateUnbounded<(string, HubTime)>();
    private readonly Privacy _privacy;
    private readonly PlaybackTracker _tracker;
    private readonly UserFollowers _followers;
    private readonly CueFollowService _cues;
    private readonly ITopicSubscriptions _topics;
    private readonly CacheInvalidationBus _bell;
    private readonly IHubClock _clock;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public AudienceGuard(
        Privacy privacy, PlaybackTracker tracker, UserFollowers followers, CueFollowService cues, ITopicSubscriptions topics, CacheInvalidationBus bell, IHubClock clock,
        TimeProvider time, ILogger<AudienceGuard> logger)
    {
        (_privacy, _tracker, _followers, _cues, _topics) = (privacy, tracker, followers, cues, topics);
        (_bell, _clock, _time, _logger) = (bell, clock, time, logger);
        bell.Subscribe(Subject, ownerId => Appoint(ownerId is null ? followers.Owners : [ownerId]));
    }

    /// <summary>The owner's audience became smaller. When it returns, nothing more is said to those who left it.</summary>
    public async Task NarrowAsync(string ownerId)
    {
        await _cues.RemoveUnauthorizedAsync(UserTopic.TopicOf(ownerId), CancellationToken.None);
        await HushAsync(ownerId);
        await _bell.PublishAsync(Subject, [ownerId]);
    }

    /// <summary>The viewer left the owner's circle of mutual follows.</summary>
    public async Task CircleBrokenAsync(string ownerId, string viewerId)
    {
        if (!await _privacy.IsAudienceAsync(ownerId, viewerId, CancellationToken.None))
            await NarrowAsync(ownerId);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(PartAsync(stoppingToken), SpeakAsync(stoppingToken));

    private Task HushAsync(string ownerId)
    {
        var until = _clock.Now + (2 * Hush);
        return _tracker.ChangeAsync(
            ownerId, (person, _) => person.SilentUntil >= until ? person : person with { SilentUntil = until }, CancellationToken.None);
    }

    private void Appoint(IEnumerable<string> ownerIds)
    {
        foreach (var ownerId in ownerIds)
            _parting.Writer.TryWrite((ownerId, _clock.Now + Hush));
    }

    private async Task PartAsync(CancellationToken cancellationToken)
    {
        await foreach (var (ownerId, due) in _parting.Reader.ReadAllAsync(cancellationToken))
        {
            await WaitAsync(due, cancellationToken);
            if (await TryPartAsync(ownerId, cancellationToken))
            {
                _speaking.Writer.TryWrite((ownerId, due + Hush));
                continue;
            }

            await HushAsync(ownerId);
            Appoint([ownerId]);
        }
    }

    private async Task SpeakAsync(CancellationToken cancellationToken)
    {
        await foreach (var (ownerId, due) in _speaking.Reader.ReadAllAsync(cancellationToken))
        {
            await WaitAsync(due + TimeSpan.FromMilliseconds(1), cancellationToken);
            if (!_followers.Any(ownerId))
                continue;
            try
            {
                await _tracker.RefreshAsync(ownerId, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // The sweep tells it.
                LogNotTold(exception, ownerId);
            }
        }
    }

    private async Task<bool> TryPartAsync(string ownerId, CancellationToken cancellationToken)
    {
        try
        {
            await _cues.RemoveUnauthorizedAsync(UserTopic.TopicOf(ownerId), cancellationToken);
            foreach (var (connectionId, viewerId) in _followers.Of(ownerId))
            {
                if (!await _privacy.IsAudienceAsync(ownerId, viewerId, cancellationToken))
                    await _topics.RevokeAsync(connectionId, UserTopic.TopicOf(ownerId));
            }

            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotParted(exception, ownerId);
            return false;
        }
    }

    private async Task WaitAsync(HubTime due, CancellationToken cancellationToken)
    {
        if (due > _clock.Now)
            await Task.Delay(due - _clock.Now, _time, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Those who may not see {OwnerId} could not be parted; the topic stays silent until they are.")]
    private partial void LogNotParted(Exception exception, string ownerId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What {OwnerId} plays could not be told after the silence; it is told soon.")]
    private partial void LogNotTold(Exception exception, string ownerId);
}
