using System.Threading.Channels;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Background;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Limits;
using MusicSocial.Server.Playback.Cues;

namespace MusicSocial.Server.Playback;

/// <summary>
/// Makes a person's privacy choices true for everyone who follows them already. A topic announces the same to all its followers on all nodes. So when an
/// audience shrinks, the topic first announces that nothing plays and then is quiet; meanwhile every node removes those of its followers who lost access;
/// then it goes on for the rest.
/// </summary>
internal sealed partial class AudienceEnforcer : SupervisedService
{
    /// <summary>Names a shrunk audience on the invalidation bus.</summary>
    private const string Subject = "audience";

    /// <summary>Frames leave within 50 to 100 ms; a slower connection gets the last one when it catches up. The topic is quiet for twice as long.</summary>
    private static readonly TimeSpan QuietPeriod = TimeSpan.FromSeconds(1);

    private readonly Channel<(string OwnerId, HubTime Due)> _removals = Channel.CreateUnbounded<(string, HubTime)>();
    private readonly Channel<(string OwnerId, HubTime Due)> _announcements = Channel.CreateUnbounded<(string, HubTime)>();
    private readonly PlaybackPrivacy _privacy;
    private readonly PlaybackTracker _tracker;
    private readonly PlaybackFollowers _followers;
    private readonly CueFollowService _cues;
    private readonly ITopicSubscriptions _topics;
    private readonly CacheInvalidationBus _bus;
    private readonly RateLimiter _limiter;
    private readonly IOptions<LimitOptions> _limits;
    private readonly IHubClock _clock;
    private readonly ILogger _logger;

    public AudienceEnforcer(
        PlaybackPrivacy privacy, PlaybackTracker tracker, PlaybackFollowers followers, CueFollowService cues, ITopicSubscriptions topics,
        CacheInvalidationBus bus, RateLimiter limiter, IOptions<LimitOptions> limits, IHubClock clock, TimeProvider time, ILogger<AudienceEnforcer> logger)
        : base(time, logger)
    {
        (_privacy, _tracker, _followers, _cues, _topics) = (privacy, tracker, followers, cues, topics);
        (_bus, _limiter, _limits, _clock, _logger) = (bus, limiter, limits, clock, logger);
        bus.Subscribe(Subject, ownerId => ScheduleRemoval(ownerId is null ? followers.Owners : [ownerId]));
    }

    /// <summary>Changes a person's settings; refuses <c>rate.limited</c>. When it returns, followers who may not see any more what plays were told that nothing does.</summary>
    public async Task<PrivacySettings> ChangeSettingsAsync(
        string userId, Func<PrivacySettings, PrivacySettings> change, CancellationToken cancellationToken)
    {
        _limiter.Acquire("privacy", userId, _limits.Value.PrivacyChanges);
        var (before, after) = await _privacy.ChangeAsync(userId, change, cancellationToken);
        if (after.ShowsLessThan(before))
            await ShrinkAsync(userId);
        await _tracker.ChangeAsync(userId, (person, _) => person with { Privacy = after }, CancellationToken.None);
        return after;
    }

    /// <summary>What the two are to each other has changed: <paramref name="viewerId"/> may have left the audience of <paramref name="ownerId"/>.</summary>
    public async Task RelationChangedAsync(string ownerId, string viewerId)
    {
        if (!await _privacy.IsAudienceAsync(ownerId, viewerId, CancellationToken.None))
            await ShrinkAsync(ownerId);
    }

    protected override Task RunAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(RemoveFollowersAsync(stoppingToken), AnnounceAsync(stoppingToken));

    /// <summary>The owner's audience became smaller. When it returns, nothing more is announced to those who left it.</summary>
    private async Task ShrinkAsync(string ownerId)
    {
        await _cues.RemoveUnauthorizedAsync(TopicNames.User(ownerId), CancellationToken.None);
        await BeQuietAsync(ownerId);
        await _bus.PublishAsync(Subject, [ownerId]);
    }

    private Task BeQuietAsync(string ownerId)
    {
        var until = _clock.Now + (2 * QuietPeriod);
        return _tracker.ChangeAsync(
            ownerId, (person, _) => person.QuietUntil >= until ? person : person with { QuietUntil = until }, CancellationToken.None);
    }

    private void ScheduleRemoval(IEnumerable<string> ownerIds)
    {
        foreach (var ownerId in ownerIds)
            _removals.Writer.TryWrite((ownerId, _clock.Now + QuietPeriod));
    }

    private async Task RemoveFollowersAsync(CancellationToken cancellationToken)
    {
        await foreach (var (ownerId, due) in _removals.Reader.ReadAllAsync(cancellationToken))
        {
            await WaitAsync(due, cancellationToken);
            if (await TryAsync(ownerId, () => RemoveFollowersAsync(ownerId, cancellationToken), LogNotRemoved, cancellationToken))
            {
                _announcements.Writer.TryWrite((ownerId, due + QuietPeriod));
                continue;
            }

            // Quiet for longer, until the next attempt.
            await TryAsync(ownerId, () => BeQuietAsync(ownerId), LogNotQuiet, cancellationToken);
            ScheduleRemoval([ownerId]);
        }
    }

    private async Task RemoveFollowersAsync(string ownerId, CancellationToken cancellationToken)
    {
        await _cues.RemoveUnauthorizedAsync(TopicNames.User(ownerId), cancellationToken);
        foreach (var (connectionId, viewerId) in _followers.Of(ownerId))
        {
            if (!await _privacy.IsAudienceAsync(ownerId, viewerId, cancellationToken))
                await _topics.RevokeAsync(connectionId, TopicNames.User(ownerId));
        }
    }

    private async Task AnnounceAsync(CancellationToken cancellationToken)
    {
        await foreach (var (ownerId, due) in _announcements.Reader.ReadAllAsync(cancellationToken))
        {
            await WaitAsync(due + TimeSpan.FromMilliseconds(1), cancellationToken);
            if (_followers.IsFollowed(ownerId))
                await TryAsync(ownerId, () => _tracker.ReevaluateAsync(ownerId, cancellationToken), LogNotAnnounced, cancellationToken);
        }
    }

    // Whatever one owner's turn throws - a cancellation by another token too - the loop goes on to the next.
    private static async Task<bool> TryAsync(string ownerId, Func<Task> action, Action<Exception, string> log, CancellationToken cancellationToken)
    {
        try
        {
            await action();
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            log(exception, ownerId);
            return false;
        }
    }

    private async Task WaitAsync(HubTime due, CancellationToken cancellationToken)
    {
        if (due > _clock.Now)
            await Task.Delay(due - _clock.Now, Time, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Followers of {OwnerId} who lost access could not be removed; tried again in a second, and the topic is quiet until then.")]
    private partial void LogNotRemoved(Exception exception, string ownerId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The topic of {OwnerId} could not be kept quiet; followers who lost access may see what plays until the next attempt in a second.")]
    private partial void LogNotQuiet(Exception exception, string ownerId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What {OwnerId} plays could not be announced after the quiet period; the next sweep announces it within seconds.")]
    private partial void LogNotAnnounced(Exception exception, string ownerId);
}
