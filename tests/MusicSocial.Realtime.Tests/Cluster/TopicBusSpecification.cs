using System.Text.Json;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Tests.Rig;

namespace MusicSocial.Realtime.Tests.Cluster;

/// <summary>What every topic bus promises together with its log.</summary>
public abstract class TopicBusSpecification
{
    private readonly string _topic = $"test:{Guid.CreateVersion7():n}";

    protected abstract ITopicLog Log { get; }

    protected abstract ITopicBus Bus { get; }

    /// <summary>The bus of another node, on which nothing is appended.</summary>
    protected virtual ITopicBus OtherBus => Bus;

    [Fact]
    public async Task Everything_appended_after_subscribing_is_heard_once_and_in_order()
    {
        var listener = new RecordingListener();
        await AppendAsync(0);
        await using var subscription = await OtherBus.SubscribeAsync(_topic, listener, default);

        await Task.WhenAll(Enumerable.Range(1, 40).Select(i => Task.Run(() => AppendAsync(i))));

        await Eventually.Holds(() => listener.Events.Count >= 40, "forty events");
        Assert.Equal(Enumerable.Range(2, 40).Select(number => (long)number), listener.Events.Select(heard => heard.Event.Offset));
        Assert.Equal(_topic, Assert.Single(listener.Events.Select(heard => heard.Topic).Distinct()));
        Assert.Equal((await Log.ReadAsync(_topic, null, default)).Head.Epoch, Assert.Single(listener.Events.Select(heard => heard.Epoch).Distinct()));
    }

    [Fact]
    public async Task Several_listeners_hear_the_same()
    {
        RecordingListener[] listeners = [new(), new(), new()];
        List<IAsyncDisposable> subscriptions = [];
        foreach (var listener in listeners)
        {
            subscriptions.Add(await Bus.SubscribeAsync(_topic, listener, default));
        }

        await AppendAsync(1);
        await Eventually.Holds(() => listeners.All(listener => listener.Events.Count == 1), "the first event");
        await subscriptions[0].DisposeAsync();
        await AppendAsync(2);

        await Eventually.Holds(() => listeners[1].Events.Count == 2 && listeners[2].Events.Count == 2, "both events");
        Assert.Single(listeners[0].Events);
    }

    [Fact]
    public async Task A_repeated_key_rings_once()
    {
        var listener = new RecordingListener();
        await using var subscription = await Bus.SubscribeAsync(_topic, listener, default);

        await Log.AppendAsync(_topic, new("kind", Json(1), "key"), default);
        await Log.AppendAsync(_topic, new("kind", Json(1), "key"), default);
        await AppendAsync(2);

        await Eventually.Holds(() => listener.Events.Count >= 2, "two events");
        Assert.Equal([1L, 2], listener.Events.Select(heard => heard.Event.Offset));
    }

    [Fact]
    public async Task A_topic_hears_nothing_of_another()
    {
        var listener = new RecordingListener();
        await using var subscription = await Bus.SubscribeAsync(_topic, listener, default);

        await Log.AppendAsync(_topic + "-other", new("kind", Json(1)), default);
        await Bus.SignalAsync(_topic + "-other", new("kind", Json(1)), default);
        await AppendAsync(2);

        await Eventually.Holds(() => listener.Events.Count > 0, "the own event");
        Assert.Equal(2, Assert.Single(listener.Events).Event.Data.GetInt32());
        Assert.Empty(listener.Signals);
    }

    [Fact]
    public async Task A_signal_is_heard_as_it_was_sent()
    {
        var listener = new RecordingListener();
        await using var subscription = await OtherBus.SubscribeAsync(_topic, listener, default);

        await Bus.SignalAsync(_topic, new("reactions", Json(new { a = 1 })) { Merge = SignalMerge.Sum }, default);
        await Bus.SignalAsync(_topic, new("listeners", Json(5)), default);

        await Eventually.Holds(() => listener.Signals.Count == 2, "two signals");
        Assert.Equal(("reactions", SignalMerge.Sum), (listener.Signals[0].Type, listener.Signals[0].Merge));
        Assert.Equal(("listeners", SignalMerge.Latest), (listener.Signals[1].Type, listener.Signals[1].Merge));
        Assert.Equal(5, listener.Signals[1].Data.GetInt32());
    }

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value);

    private async Task AppendAsync(int number) => await Log.AppendAsync(_topic, new("kind", Json(number)), default);
}
