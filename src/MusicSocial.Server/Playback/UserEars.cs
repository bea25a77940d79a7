using System.Threading.Channels;
using MusicSocial.Realtime.Cluster;

namespace MusicSocial.Server.Playback;

/// <summary>
/// Hears what other nodes tell about the people somebody here follows, and has the tracker read it: cues run along, and what changes by itself -
/// a player that falls silent, the end of a song in a room - is noticed here too.
/// </summary>
internal sealed partial class UserEars : BackgroundService, ITopicListener
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _waiting = [];
    private readonly Channel<string> _heard = Channel.CreateUnbounded<string>();
    private readonly PlaybackTracker _tracker;
    private readonly LocalAudience _audience;
    private readonly ILogger _logger;
    private readonly TopicSubscriptionSet _ears;

    public UserEars(ITopicBus bus, PlaybackTracker tracker, LocalAudience audience, ILogger<UserEars> logger)
    {
        (_tracker, _audience, _logger) = (tracker, audience, logger);
        _ears = new TopicSubscriptionSet(bus, this);
    }

    /// <summary>When it returns, everything told about the person from now on is heard. Make the follower known first.</summary>
    public ValueTask OpenAsync(string userId, CancellationToken cancellationToken) => _ears.OpenAsync(UserTopic.TopicOf(userId), cancellationToken);

    /// <summary>Stops hearing those nobody here follows any more.</summary>
    public async Task CloseIdleAsync()
    {
        foreach (var topic in _ears.Topics.Where(topic => !_audience.IsAnybodyFollowing(IdOf(topic))))
        {
            await _ears.CloseAsync(topic);
            // Somebody may have come at this very moment and found the ears open still.
            if (!_audience.IsAnybodyFollowing(IdOf(topic)))
                continue;
            await OpenAsync(IdOf(topic), CancellationToken.None);
            Enqueue(topic);
        }
    }

    public void OnEvent(string topic, string epoch, TopicEvent topicEvent) => Enqueue(topic);

    public void OnReset(string topic, TopicPosition head) => Enqueue(topic);

    public void OnSignal(string topic, TopicSignal signal)
    {
        // Reactions and the like: nothing to the tracker.
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Parallel.ForEachAsync(
            _heard.Reader.ReadAllAsync(stoppingToken),
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = stoppingToken },
            RefreshAsync);

    private async ValueTask RefreshAsync(string topic, CancellationToken cancellationToken)
    {
        lock (_lock)
            _waiting.Remove(topic);
        try
        {
            await _tracker.RefreshAsync(IdOf(topic), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The next event, or the end of the outage, brings it up to date.
            LogNotRead(exception, topic);
        }
    }

    private void Enqueue(string topic)
    {
        lock (_lock)
        {
            if (_waiting.Add(topic))
                _heard.Writer.TryWrite(topic);
        }
    }

    private static string IdOf(string topic) => topic[(UserTopic.Name.Length + 1)..];

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was told on {Topic} could not be read.")]
    private partial void LogNotRead(Exception exception, string topic);
}
