using System.Threading.Channels;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Topics;
using MusicSocial.Sync;

namespace MusicSocial.Server.Playback;

/// <summary>
/// Tells <c>user:{id}</c> what people hear, when it is news. What is told last is always the newest: composing and publishing
/// are one step, and news that come meanwhile replace each other.
/// </summary>
internal sealed partial class NowPlayingFeed(
    ITopics topics, NowPlayingViews views, Privacy privacy, IHubClock clock, TimeProvider time, ILogger<NowPlayingFeed> logger)
    : BackgroundService, IPlaybackWatcher
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, NowHeard> _heard = [];
    private readonly Dictionary<string, NowHeard> _told = [];
    private readonly Dictionary<string, int> _silenced = [];
    private readonly HashSet<string> _waiting = [];
    private readonly Channel<string> _queue = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SemaphoreSlim _turn = new(1);

    public static string TopicOf(string userId) => $"{UserTopic.Name}:{userId}";

    public void Heard(string userId, NowHeard? heard, HubTime now)
    {
        lock (_lock)
        {
            Set(_heard, userId, heard);
            if (IsNews(userId, now))
                Enqueue(userId);
        }
    }

    /// <summary>Until <see cref="Unsilence"/> the topic says that nothing plays; silences add up.</summary>
    public void Silence(string userId)
    {
        lock (_lock)
        {
            _silenced[userId] = _silenced.GetValueOrDefault(userId) + 1;
            Enqueue(userId);
        }
    }

    public void Unsilence(string userId)
    {
        lock (_lock)
        {
            if (--_silenced[userId] == 0)
                _silenced.Remove(userId);
            Enqueue(userId);
        }
    }

    /// <summary>When it returns, the topic has been told how things stand, and nothing older can follow.</summary>
    public async Task TellAsync(string userId, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var now = clock.Now;
            NowHeard? shown;
            lock (_lock)
            {
                if (!IsNews(userId, now))
                    return;
                shown = Shown(userId);
            }

            await topics.PublishAsync(
                TopicOf(userId), "nowPlaying", await views.ComposeAsync(userId, shown, cancellationToken), idempotencyKey: null, CancellationToken.None);
            lock (_lock)
                Set(_told, userId, shown);
        }
        finally
        {
            _turn.Release();
        }
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var userId in _queue.Reader.ReadAllAsync(stoppingToken))
        {
            lock (_lock)
                _waiting.Remove(userId);
            try
            {
                await TellAsync(userId, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogNotTold(exception, userId);
                await Task.Delay(RetryAfter, time, stoppingToken);
                lock (_lock)
                    Enqueue(userId);
            }
        }
    }

    private bool IsNews(string userId, HubTime now) => (_told.GetValueOrDefault(userId), Shown(userId)) switch
    {
        (null, null) => false,
        ({ } told, { } shown) => told.IsNews(shown, now),
        _ => true,
    };

    private NowHeard? Shown(string userId) =>
        _silenced.ContainsKey(userId) || !privacy.Of(userId).ShowsNowPlaying ? null : _heard.GetValueOrDefault(userId);

    private void Enqueue(string userId)
    {
        if (_waiting.Add(userId))
            _queue.Writer.TryWrite(userId);
    }

    private static void Set(Dictionary<string, NowHeard> people, string userId, NowHeard? heard)
    {
        if (heard is null)
            people.Remove(userId);
        else
            people[userId] = heard;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What {UserId} plays could not be told; trying again.")]
    private partial void LogNotTold(Exception exception, string userId);
}
