using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace MusicSocial.Server.Tests;

/// <summary>A hub connection that keeps what it was told, in order, for tests to wait on.</summary>
internal sealed class HubClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Channel<TopicEvent> _events = Channel.CreateUnbounded<TopicEvent>();
    private readonly Channel<JsonElement> _signals = Channel.CreateUnbounded<JsonElement>();
    private readonly Channel<JsonElement> _gaps = Channel.CreateUnbounded<JsonElement>();

    private HubClient(HubConnection connection)
    {
        Connection = connection;
        connection.On<JsonElement>("Frame", frame =>
        {
            foreach (var topicEvent in frame.GetProperty("events").Deserialize<List<TopicEvent>>(WireJson.Options)!)
                _events.Writer.TryWrite(topicEvent);
        });
        connection.On<JsonElement>("Signal", signal =>
        {
            foreach (var one in signal.GetProperty("signals").EnumerateArray())
                _signals.Writer.TryWrite(one.Clone());
        });
        connection.On<JsonElement>("Gap", gap => _gaps.Writer.TryWrite(gap));
    }

    public HubConnection Connection { get; }

    public static async Task<HubClient> ConnectAsync(Person person, IHubProtocol? protocol = null, string? from = null) =>
        new(await person.ConnectAsync(protocol, from));

    public Task<JsonElement> CallAsync(string method, params object?[] arguments) =>
        Connection.InvokeCoreAsync<JsonElement>(method, arguments);

    /// <summary>The next event, whatever it is.</summary>
    public async Task<TopicEvent> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _events.Reader.ReadAsync(patience.Token);
    }

    /// <summary>The next event of a type, skipping others.</summary>
    public async Task<TopicEvent> NextEventAsync(string type)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var topicEvent = await _events.Reader.ReadAsync(patience.Token);
            if (topicEvent.Type == type)
                return topicEvent;
        }
    }

    /// <summary>The data of the next signal of a type, skipping others.</summary>
    public async Task<JsonElement> NextSignalAsync(string type)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var signal = await _signals.Reader.ReadAsync(patience.Token);
            if (signal.GetProperty("type").GetString() == type)
                return signal.GetProperty("data");
        }
    }

    /// <summary>Waits until this connection is told of a gap in a topic.</summary>
    public async Task NextGapAsync(string topic)
    {
        using var patience = new CancellationTokenSource(Patience);
        while ((await _gaps.Reader.ReadAsync(patience.Token)).GetProperty("topic").GetString() != topic)
        {
            // Of another topic.
        }
    }

    /// <summary>Asserts that a call is refused with a code; returns the refusal.</summary>
    public async Task<JsonElement> RefusedAsync(string code, string method, params object?[] arguments)
    {
        var exception = await Assert.ThrowsAsync<HubException>(() => Connection.InvokeCoreAsync<JsonElement>(method, arguments));
        var refusal = JsonDocument.Parse(exception.Message[exception.Message.IndexOf('{', StringComparison.Ordinal)..]).RootElement;
        Assert.Equal(code, refusal.GetProperty("code").GetString());
        return refusal;
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
