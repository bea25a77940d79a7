using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Hubs;
using MusicSocial.Realtime.Tests.Rig;

namespace MusicSocial.Realtime.Tests.Hubs;

/// <summary>The lane at which a bus between nodes repeats, skips and starts over.</summary>
public sealed class TopicLaneTests : IAsyncLifetime
{
    private const string Topic = "hub:test:all";

    private readonly ConcurrentQueue<string> _handled = new();
    private readonly TestNode _node = new();
    private readonly TopicLane _lane;

    public TopicLaneTests() =>
        _lane = new(Topic, Log, topicEvent => _handled.Enqueue(IdOf(topicEvent)), NullLogger.Instance);

    private ITopicLog Log => _node.Get<ITopicLog>();

    public async Task InitializeAsync()
    {
        await AppendAsync("before");
        await _lane.BeginAsync();
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task What_is_heard_twice_is_handled_once()
    {
        var (epoch, first) = await AppendAsync("a");
        var (_, second) = await AppendAsync("b");

        foreach (var heard in new[] { first, first, second, first, second })
            _lane.OnEvent(Topic, epoch, heard);

        await HandledAsync("a", "b");
    }

    [Fact]
    public async Task What_is_missing_in_between_is_read_from_the_log()
    {
        await AppendAsync("a");
        var (epoch, second) = await AppendAsync("b");
        var (_, third) = await AppendAsync("c");

        _lane.OnReset(Topic, new(epoch, second.Offset));
        _lane.OnEvent(Topic, epoch, third);

        await HandledAsync("a", "b", "c");
    }

    [Fact]
    public async Task An_outage_repeats_nothing_and_hides_nothing()
    {
        var (epoch, first) = await AppendAsync("a");
        _lane.OnEvent(Topic, epoch, first);

        _lane.OnReset(Topic, new("away-1", 0));
        _lane.OnEvent(Topic, "away-1", new(1, "push", 0, Data("mine")));
        await HandledAsync("a", "mine");

        await AppendAsync("another node's");
        var (_, mine) = await AppendAsync("mine");
        _lane.OnReset(Topic, new(epoch, mine.Offset));
        var (_, last) = await AppendAsync("last");
        _lane.OnEvent(Topic, epoch, last);

        await HandledAsync("a", "mine", "another node's", "last");
    }

    [Fact]
    public async Task A_failure_stops_nothing()
    {
        var lane = new TopicLane(
            Topic, Log,
            topicEvent =>
            {
                _handled.Enqueue(IdOf(topicEvent));
                throw new InvalidOperationException("On purpose.");
            },
            NullLogger.Instance);
        var (epoch, first) = await AppendAsync("a");
        var (_, second) = await AppendAsync("b");

        lane.OnEvent(Topic, epoch, first);
        lane.OnEvent(Topic, epoch, second);

        await HandledAsync("a", "b");
    }

    private static JsonElement Data(string id) => JsonSerializer.SerializeToElement(new { id });

    private static string IdOf(TopicEvent topicEvent) => topicEvent.Data.GetProperty("id").GetString()!;

    private async Task HandledAsync(params string[] expected)
    {
        await Eventually.Holds(() => _handled.Count >= expected.Length, "everything handled");
        await Task.Delay(20);
        Assert.Equal(expected, _handled);
    }

    private ValueTask<(string Epoch, TopicEvent Event)> AppendAsync(string id) => Log.AppendAsync(Topic, new("push", Data(id)), default);
}
