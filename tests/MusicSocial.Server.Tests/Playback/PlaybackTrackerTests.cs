using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Server.Playback;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.Playback;

public sealed class PlaybackTrackerTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly CountingObserver _observer = new();
    private HubApp _app = null!;

    public Task InitializeAsync()
    {
        _app = new HubApp(services: services => services.AddSingleton<TimeProvider>(_time).AddSingleton<IPlaybackObserver>(_observer));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task A_report_about_a_followed_person_passes_once_and_another_nodes_change_too()
    {
        await using var ann = await PlaybackHub.ListenerAsync(_app, _time, "Ann");
        await using var bob = await PlaybackHub.ListenerAsync(_app, _time, "Bob");
        await bob.FollowTopicAsync(ann);
        var before = _observer.CountOf(ann.Id);

        foreach (var title in new[] { "One", "Two", "Three" })
            await ann.ReportAsync("playing", title: title);

        // Evaluated after everything the node's own events could have caused.
        await WriteAsAnotherNodeAsync(ann.Id);
        var all = await _observer.UntilAsync(ann.Id, before + 4);

        Assert.Equal(before + 4, all);
    }

    private async Task WriteAsAnotherNodeAsync(string userId)
    {
        var state = _app.Services.GetRequiredService<IRevisionedState>();
        var key = TopicNames.User(userId);
        var document = await state.ReadAsync(key, CancellationToken.None);
        var announcement = new NewEvent(PlaybackTopic.NowPlaying, JsonSerializer.SerializeToElement("the test's", WireJson.Options));
        Assert.NotNull(await state.TryWriteAsync(key, document!.Revision, document.Bytes, [announcement], CancellationToken.None));
    }

    private sealed class CountingObserver : IPlaybackObserver
    {
        private readonly ConcurrentDictionary<string, int> _counts = new();

        public void Observe(string userId, ActivePlayback? playback, bool isShareable, HubTime now) => _counts.AddOrUpdate(userId, 1, (_, count) => count + 1);

        public int CountOf(string userId) => _counts.GetValueOrDefault(userId);

        public async Task<int> UntilAsync(string userId, int count)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            while (CountOf(userId) < count)
                await Task.Delay(20, limit.Token);
            return CountOf(userId);
        }
    }
}
