using MusicSocial.Realtime.Background;
using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Rooms;

namespace MusicSocial.Server.Playback.Cues;

/// <summary>
/// Lets connections follow the lyric cues of rooms and people: who may follow the topic may follow its cues. Cues are sent beside the topics, so this
/// service itself removes followers who lost that right: at once when an audience shrinks, and every few seconds.
/// </summary>
internal sealed partial class CueFollowService(
    IEnumerable<ITopicKind> kinds, CueSubscriptions subscriptions, CueScheduler scheduler, PlaybackTracker tracker, RoomRepository rooms,
    TimeProvider time, ILogger<CueFollowService> logger)
    : PeriodicService(Period, time, logger)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, ITopicKind> _kinds =
        kinds.Where(kind => kind.Prefix is TopicNames.RoomPrefix or TopicNames.UserPrefix).ToDictionary(kind => kind.Prefix);

    /// <summary>
    /// Sends the topic's cues to the connection until it ends or <see cref="UnfollowAsync"/> is called; does nothing when it gets them already. Refuses
    /// what following the topic refuses, <c>topic.unknown</c> and <c>topic.too_many</c>.
    /// </summary>
    public async Task FollowAsync(string topic, string connectionId, string userId, CancellationToken connectionAborted)
    {
        await AuthorizeAsync(topic, userId, connectionAborted);
        if (!subscriptions.TryAdd(topic, connectionId, userId, connectionAborted))
            return;
        try
        {
            // A right lost between the first check and the subscription would be overlooked by those who remove followers.
            await AuthorizeAsync(topic, userId, connectionAborted);
            await BeginAsync(topic, connectionAborted);
        }
        catch
        {
            subscriptions.Remove(topic, connectionId);
            throw;
        }
    }

    /// <summary>Ends; does nothing when the connection does not follow.</summary>
    public Task UnfollowAsync(string? topic, string connectionId)
    {
        subscriptions.Remove(topic ?? "", connectionId);
        return Task.CompletedTask;
    }

    /// <summary>Removes the topic's followers who may not follow it any more.</summary>
    public async Task RemoveUnauthorizedAsync(string topic, CancellationToken cancellationToken)
    {
        foreach (var (connectionId, userId) in subscriptions.Find(topic)?.Followers ?? new Dictionary<string, string>())
        {
            try
            {
                await AuthorizeAsync(topic, userId, cancellationToken);
            }
            catch (RefusedException refused) when (!refused.Refusal.Kind.MayBeRetried())
            {
                subscriptions.Remove(topic, connectionId);
            }
            catch (RefusedException)
            {
                // What the right depends on cannot be read, nor was it changed meanwhile; checked again in a few seconds.
            }
        }
    }

    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        foreach (var topic in subscriptions.Topics)
            await TryRemoveUnauthorizedAsync(topic, stoppingToken);
    }

    private async Task TryRemoveUnauthorizedAsync(string topic, CancellationToken cancellationToken)
    {
        try
        {
            await RemoveUnauthorizedAsync(topic, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotChecked(exception, topic);
        }
    }

    private async Task BeginAsync(string topic, CancellationToken cancellationToken)
    {
        var (kind, key) = Parse(topic);
        if (kind.Prefix == TopicNames.UserPrefix)
        {
            await tracker.FollowAsync(key, cancellationToken);
            return;
        }

        await rooms.FollowAsync(key, cancellationToken);
        if (await rooms.FindAsync(key, cancellationToken) is { } live)
            scheduler.Begin(topic, live.Room.Timeline);
    }

    private Task AuthorizeAsync(string topic, string userId, CancellationToken cancellationToken)
    {
        var (kind, key) = Parse(topic);
        return kind.AuthorizeAsync(key, userId, cancellationToken);
    }

    private (ITopicKind Kind, string Key) Parse(string? topic)
    {
        var colon = topic?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        return colon > 0 && _kinds.TryGetValue(topic![..colon], out var kind)
            ? (kind, topic[(colon + 1)..])
            : throw new RefusedException(PlaybackRefusals.NoCues);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Whether the followers of the cues of {Topic} may still see them could not be checked; checked again in a few seconds.")]
    private partial void LogNotChecked(Exception exception, string topic);
}
