using System.Globalization;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Topics;

namespace MusicSocial.Benchmarks.Realtime;

/// <summary>
/// An event of 220 bytes that a quiet topic hears and tells all its followers: kept in the ring, cut into a frame, serialised once, handed to each
/// follower's transport. What is left out is the socket.
/// </summary>
[MemoryDiagnoser]
public class FanoutBenchmarks
{
    private const string Name = "note:1";

    private readonly StridingTime _time = new();
    private readonly JsonElement _data = JsonSerializer.SerializeToElement(new { text = new string('x', 209) });
    private ServiceProvider _services = null!;
    private LiveTopic _topic = null!;
    private TopicPosition _head = null!;

    /// <summary>How many follow; as many as are served by the thread that posts.</summary>
    [Params(1, 5, 64)]
    public int Followers { get; set; }

    [GlobalSetup]
    public async Task FillAsync()
    {
        _services = new ServiceCollection().AddLogging().AddRealtime().BuildServiceProvider();
        var log = _services.GetRequiredService<ITopicLog>();
        var kind = new OpenKind();
        _topic = new(
            Name, kind, log, _services.GetRequiredService<IOptions<RealtimeOptions>>().Value, _time,
            _services.GetRequiredService<RealtimeMetrics>(), NullLogger.Instance);
        await _topic.StartAsync(_services.GetRequiredService<ITopicBus>(), log);
        _head = _topic.Head;
        for (var i = 0; i < Followers; i++)
        {
            var connection = SilentConnection.Open(i.ToString(CultureInfo.InvariantCulture), _time);
            var follower = new Follower(new(connection, _time), TopicName.Parse(Name), kind, connection.ConnectionId) { Live = _topic };
            var attempt = _topic.Join(follower);
            _topic.Place(follower, attempt, _head);
            _topic.GoLive(follower, attempt);
        }
    }

    [GlobalCleanup]
    public async Task EmptyAsync()
    {
        await _topic.DisposeAsync();
        await _services.DisposeAsync();
    }

    [Benchmark]
    public void TellAll()
    {
        _time.Stride();
        _head = _head with { Offset = _head.Offset + 1 };
        _topic.OnEvent(Name, _head.Epoch, new(_head.Offset, "note", _time.Ms, _data));
    }

    private sealed class OpenKind : ITopicKind
    {
        public string Prefix => "note";

        public Task AuthorizeAsync(string key, string userId, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<object?> SnapshotAsync(string key, string userId, CancellationToken cancellationToken) => Task.FromResult<object?>(null);
    }
}
