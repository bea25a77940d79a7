using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MusicSocial.Realtime;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Catalog.Scanning;
using MusicSocial.Server.Lyrics;
using MusicSocial.Server.Playback.Cues;
using MusicSocial.Server.Storage;
using MusicSocial.Sync;

namespace MusicSocial.Load;

/// <summary>
/// What lyric cues cost one node: 10,000 playing timelines, each followed by one display, a line every three seconds. The scheduler, the
/// sheets and the database are the hub's; only the last step, the write to a socket, is a recorder that serialises the cue as the hub does.
/// </summary>
internal static class CueRun
{
    private const int Timelines = 10_000;
    private const int Songs = 100;
    private const int LineEveryMs = 3_000;

    private static readonly TimeSpan Length = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(30);

    public static async Task MeasureAsync(Report report)
    {
        var folder = Directory.CreateTempSubdirectory("musicsocial-load-").FullName;
        await using (var services = Compose(folder))
        {
            await AddSongsAsync(folder, services.GetRequiredService<ScanStore>());
            var clock = new TimerClock();
            var recorder = new CueRecorder(clock);
            var subscriptions = new CueSubscriptions(recorder, clock, NullLogger<CueSubscriptions>.Instance);
            await using var scheduler = new CueScheduler(
                services.GetRequiredService<CueSheets>(), subscriptions, services.GetRequiredService<CacheInvalidationBus>(), clock, TimeProvider.System,
                NullLogger<CueScheduler>.Instance);
            Begin(subscriptions, scheduler, clock);
            await recorder.UntilQuietAsync(Timelines);

            recorder.Clear();
            var process = Process.GetCurrentProcess();
            var (before, watch) = (process.TotalProcessorTime, Stopwatch.StartNew());
            await Task.Delay(Measured);
            process.Refresh();
            var share = (process.TotalProcessorTime - before) / watch.Elapsed;
            var late = recorder.LateMs();
            Tell(report, late, share, watch.Elapsed);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static void Tell(Report report, IReadOnlyList<double> late, double share, TimeSpan elapsed)
    {
        var perSecond = late.Count / elapsed.TotalSeconds;
        report.Add($"cues of {Timelines:N0} timelines, a line every {LineEveryMs / 1000} s", Number(perSecond, "0 /s"));
        report.Add("processor, of one core", Number(share * 100, "0.0 %"), "target 5 %");
        report.Add("processor per cue", Number(share / perSecond * 1e6, "0.0 µs"), "without the write to the socket");
        IReadOnlyList<double> apart = [.. late.Select(Math.Abs)];
        report.Add("sent before or after due - lead, median", Number(Report.Percentile(apart, 0.5), "0.0 ms"));
        report.Add("sent before or after due - lead, p99", Number(Report.Percentile(apart, 0.99), "0.0 ms"), "target 10 ms");
        report.Add("sent before or after due - lead, largest", Number(apart.Max(), "0.0 ms"));
    }

    private static string Number(double value, string format)
    {
        var unit = format.Split(' ');
        return $"{value.ToString(unit[0], CultureInfo.InvariantCulture)} {unit[1]}";
    }

    private static ServiceProvider Compose(string folder)
    {
        var settings = new Dictionary<string, string?> { ["Data"] = folder, ["Music"] = Path.Combine(folder, "music") };
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        return services.AddRealtime().AddStorage().AddCatalog().AddServerLyrics().BuildServiceProvider();
    }

    private static async Task AddSongsAsync(string folder, ScanStore store)
    {
        Directory.CreateDirectory(Path.Combine(folder, "music"));
        var lines = Enumerable.Range(0, (int)(Length.TotalMilliseconds / LineEveryMs)).Select(line => TimeSpan.FromMilliseconds(line * LineEveryMs));
        await File.WriteAllLinesAsync(Path.Combine(folder, "music", "song.lrc"), lines.Select(at => $@"[{at:mm\:ss\.fff}]A line as long as lines of songs are"));
        var beside = new Sidecars(null, 0, "music/song.lrc", 1);
        await store.SaveAsync(
            [.. Enumerable.Range(0, Songs).Select(song => new ScannedTrack(
                IdOf(song), $"Song {song}", "Nobody", null, (long)Length.TotalMilliseconds,
                new AudioFile($"music/{song}.wav", 1, 1, IdOf(song), "audio/wav", beside)))],
            nowMs: 0, CancellationToken.None);
    }

    // Every timeline stands elsewhere in its song, so that lines are due at all times.
    private static void Begin(CueSubscriptions subscriptions, CueScheduler scheduler, TimerClock clock)
    {
        var random = new Random(1);
        for (var i = 0; i < Timelines; i++)
        {
            subscriptions.TryAdd($"room:{i}", $"display-{i}", "viewer", CancellationToken.None);
            var position = TimeSpan.FromMilliseconds(random.NextDouble() * Length.TotalMilliseconds / 2);
            scheduler.Begin($"room:{i}", new Timeline(IdOf(i % Songs), ItemId: null, position, clock.Now, Rate: 1, Length));
        }
    }

    private static string IdOf(int song) => $"song-{song}";

    private sealed class TimerClock : IHubClock
    {
        private readonly long _start = TimeProvider.System.GetTimestamp();

        public HubTime Now => new(TimeProvider.System.GetElapsedTime(_start).Ticks + TimeSpan.TicksPerDay);
    }

    /// <summary>Stands where the connections are.</summary>
    private sealed class CueRecorder(IHubClock clock) : ITopicSubscriptions
    {
        private readonly Lock _lock = new();
        private readonly List<double> _lateMs = [];
        private readonly HashSet<string> _shown = [];

        public void SignalLocal<T>(string topic, string type, T data, IEnumerable<string> connectionIds)
        {
            var cue = (Cue)(object)data!;
            var late = clock.Now.Ms - (cue.DueAtMs - CueCursor.Ahead.TotalMilliseconds);
            // What topics would do for each cue before anything is written.
            JsonSerializer.SerializeToUtf8Bytes(cue, WireJson.Options);
            lock (_lock)
            {
                _lateMs.Add(late);
                if (_shown.Count < Timelines)
                    _shown.Add(topic);
            }
        }

        public IReadOnlyList<double> LateMs()
        {
            lock (_lock)
                return [.. _lateMs];
        }

        public void Clear()
        {
            lock (_lock)
                _lateMs.Clear();
        }

        /// <summary>Waits until so many timelines have shown their first line, and a little longer.</summary>
        public async Task UntilQuietAsync(int timelines)
        {
            while (Shown() < timelines)
                await Task.Delay(100);
            await Task.Delay(TimeSpan.FromSeconds(5));
        }

        public Task<FollowAnswer> FollowAsync(string connectionId, string userId, string topic, TopicPosition? since, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task RevokeAsync(string connectionId, string topic) => Task.CompletedTask;

        public Task RefreshHiddenAuthorsAsync(string? userId, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task UnfollowAsync(string connectionId, string topic, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task UnfollowAllAsync(string connectionId, CancellationToken cancellationToken) => Task.CompletedTask;

        public int LocalFollowers(string topic) => 0;

        public bool IsFollowing(string connectionId, string topic) => false;

        private int Shown()
        {
            lock (_lock)
                return _shown.Count;
        }
    }
}
