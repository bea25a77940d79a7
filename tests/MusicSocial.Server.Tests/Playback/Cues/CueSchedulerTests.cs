using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Lyrics;
using MusicSocial.Server.Playback.Cues;
using MusicSocial.Server.Tests.Catalog;
using MusicSocial.Sync;

namespace MusicSocial.Server.Tests.Playback.Cues;

/// <summary>The scheduler with the timer it has in production, and connections that are recorded.</summary>
public sealed class CueSchedulerTests(PlaybackHub hub) : IClassFixture<PlaybackHub>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Cues_are_sent_on_the_systems_time_in_order()
    {
        await using var ann = await hub.ListenerAsync();
        await using var run = await RunAsync(ann, "[00:00.00]Begin\n[00:00.30]One\n[00:00.50]Two\n[00:00.70]Three\n");

        await run.BeginAsync("room:a");

        Assert.Equal(["Begin", "One", "Two", "Three"], await run.LinesAsync("room:a", 4));
    }

    [Fact]
    public async Task A_cue_that_cannot_be_sent_stops_neither_its_own_topic_nor_the_others()
    {
        await using var ann = await hub.ListenerAsync();
        await using var run = await RunAsync(ann, "[00:00.00]Begin\n[00:00.30]One\n[00:00.50]Broken\n[00:00.70]Three\n");

        await run.BeginAsync("room:a");
        await run.BeginAsync("room:b");

        Assert.Equal(["Begin", "One", "Three"], await run.LinesAsync("room:a", 3));
        Assert.Equal(["Begin", "One", "Three"], await run.LinesAsync("room:b", 3));
    }

    [Fact]
    public async Task A_connection_that_is_slow_to_write_to_does_not_delay_another_topics_followers()
    {
        await using var ann = await hub.ListenerAsync();
        await using var run = await RunAsync(ann, "[00:00.00]Begin\n[00:00.30]Slow\n");
        await run.BeginAsync("room:a");
        await run.Connections.Writing.WaitAsync(Patience);

        // The write to the first topic's follower has not returned.
        var joined = Task.Run(() => run.Subscriptions.TryAdd("room:b", "display b", "viewer", CancellationToken.None));

        Assert.True(await joined.WaitAsync(Patience));
        run.Connections.Release();
    }

    private async Task<Run> RunAsync(Listener uploader, string lyrics)
    {
        var track = await hub.App.AddTrackAsync();
        using var file = new StringContent(lyrics);
        (await uploader.Person.Http.PutAsync($"/api/tracks/{track.Id}/lyrics?format=lrc", file)).EnsureSuccessStatusCode();
        return new Run(hub.App.Services, track.Id);
    }

    private sealed class Run : IAsyncDisposable
    {
        private readonly ProcessTime _clock = new();
        private readonly CueScheduler _scheduler;
        private readonly string _trackId;

        public Run(IServiceProvider services, string trackId)
        {
            _trackId = trackId;
            Subscriptions = new CueSubscriptions(Connections, _clock, NullLogger<CueSubscriptions>.Instance);
            _scheduler = new CueScheduler(
                services.GetRequiredService<CueSheets>(), Subscriptions, services.GetRequiredService<CacheInvalidationBus>(), _clock, TimeProvider.System,
                NullLogger<CueScheduler>.Instance);
        }

        public RecordedConnections Connections { get; } = new();

        public CueSubscriptions Subscriptions { get; }

        /// <summary>Plays when the first line is shown: then the lyrics have been read, however long that takes.</summary>
        public async Task BeginAsync(string topic)
        {
            var paused = new Timeline(_trackId, ItemId: null, TimeSpan.Zero, _clock.Now, Rate: 0, TimeSpan.FromMinutes(3));
            Subscriptions.TryAdd(topic, $"display of {topic}", "viewer", CancellationToken.None);
            _scheduler.Begin(topic, paused);
            await LinesAsync(topic, 1);
            _scheduler.Retime(topic, paused.PlayingFrom(TimeSpan.Zero, _clock.Now));
        }

        public async Task<IReadOnlyList<string>> LinesAsync(string topic, int count)
        {
            using var limit = new CancellationTokenSource(Patience);
            while (Connections.Lines(topic).Count < count)
                await Task.Delay(10, limit.Token);
            return Connections.Lines(topic);
        }

        public async ValueTask DisposeAsync()
        {
            Connections.Release();
            await _scheduler.DisposeAsync();
        }
    }

    private sealed class ProcessTime : IHubClock
    {
        private readonly long _start = TimeProvider.System.GetTimestamp();

        public HubTime Now => new(TimeProvider.System.GetElapsedTime(_start).Ticks + TimeSpan.TicksPerDay);
    }

    /// <summary>Takes what is sent to connections. A line "Broken" cannot be sent, and one "Slow" not before it is released.</summary>
    private sealed class RecordedConnections : ITopicSubscriptions
    {
        private readonly ConcurrentQueue<(string Topic, string Line)> _sent = new();
        private readonly TaskCompletionSource _writing = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _released = new();

        public Task Writing => _writing.Task;

        public void Release() => _released.Set();

        public List<string> Lines(string topic) => [.. _sent.Where(sent => sent.Topic == topic).Select(sent => sent.Line)];

        public void SignalLocal<T>(string topic, string type, T data, IEnumerable<string> connectionIds)
        {
            var cue = (Cue)(object)data!;
            if (cue.Text == "Broken")
                throw new InvalidOperationException("The test says so.");
            if (cue.Text == "Slow")
            {
                _writing.TrySetResult();
                _released.Wait(Patience);
            }

            _sent.Enqueue((topic, cue.Text));
        }

        public Task<FollowAnswer> FollowAsync(string connectionId, string userId, string topic, TopicPosition? since, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task UnfollowAsync(string connectionId, string topic, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task RevokeAsync(string connectionId, string topic) => throw new NotSupportedException();

        public Task RefreshHiddenAuthorsAsync(string? userId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task UnfollowAllAsync(string connectionId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public int LocalFollowers(string topic) => 0;

        public bool IsFollowing(string connectionId, string topic) => false;
    }
}
