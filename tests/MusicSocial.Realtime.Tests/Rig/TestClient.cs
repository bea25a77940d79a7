using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MusicSocial.Realtime.Tests.Rig;

/// <summary>A hub client without any convenience: it shows messages in the order they came, and reads only while asked to.</summary>
internal sealed class TestClient(string id, PipeReader input, PipeWriter output)
{
    private const byte Separator = 0x1e;
    private readonly Lock _lock = new();
    private readonly List<JsonElement> _received = [];
    private readonly SemaphoreSlim _mayRead = new(1);
    private int _calls;

    public string Id => id;

    /// <summary>Whether the server has ended the connection.</summary>
    public bool IsEnded { get; private set; }

    public IReadOnlyList<JsonElement> Received
    {
        get
        {
            lock (_lock)
            {
                return [.. _received];
            }
        }
    }

    public IEnumerable<Frame> Frames(string topic) => Pushes<Frame>("Frame").Where(frame => frame.Topic == topic);

    public IEnumerable<Gap> Gaps => Pushes<Gap>("Gap");

    public IEnumerable<Draining> Drainings => Pushes<Draining>("Draining");

    public IEnumerable<JsonElement> Signals =>
        Pushes<JsonElement>("Signal").SelectMany(batch => batch.GetProperty("signals").EnumerateArray());

    /// <summary>Offsets of all events that came in frames of the topic.</summary>
    public long[] Offsets(string topic) => [.. Frames(topic).SelectMany(frame => frame.Events).Select(one => one.Offset)];

    public async Task HandshakeAsync()
    {
        await SendAsync("""{"protocol":"json","version":1}""");
        _ = ReadAsync();
        await Eventually.Holds(() => Received.Count > 0, "handshake answered");
    }

    /// <summary>Calls and waits; a refusal is the exception's message.</summary>
    public async Task<T> CallAsync<T>(string target, params object?[] arguments)
    {
        var callId = await SendCallAsync(target, arguments);
        JsonElement? completion = null;
        await Eventually.Holds(() => IsEnded || (completion = CompletionOf(callId)) is not null, $"{target} answered");
        if (completion is null)
        {
            throw new InvalidOperationException("ended");
        }

        return completion.Value.TryGetProperty("error", out var error)
            ? throw new InvalidOperationException(error.GetString())
            : completion.Value.TryGetProperty("result", out var result) ? result.Deserialize<T>(WireJson.Options)! : default!;
    }

    public Task<FollowAnswer> FollowAsync(string topic, TopicPosition? since = null) => CallAsync<FollowAnswer>("Follow", topic, since);

    public async Task<string> SendCallAsync(string target, params object?[] arguments)
    {
        var callId = Interlocked.Increment(ref _calls).ToString();
        await SendAsync(new JsonObject
        {
            ["type"] = 1,
            ["invocationId"] = callId,
            ["target"] = target,
            ["arguments"] = JsonSerializer.SerializeToNode(arguments, WireJson.Options),
        }.ToJsonString());
        return callId;
    }

    /// <summary>Stops reading: after the pipe has filled, the server's writes wait.</summary>
    public Task StallAsync() => _mayRead.WaitAsync();

    public void ReadOn() => _mayRead.Release();

    public async Task CloseAsync()
    {
        await output.CompleteAsync();
        await Eventually.Holds(() => IsEnded, "connection ended");
    }

    /// <summary>Goes away without a word.</summary>
    public async Task VanishAsync()
    {
        await output.CompleteAsync(new IOException("vanished"));
        await input.CompleteAsync();
    }

    public async Task SendAsync(string json)
    {
        await output.WriteAsync(Encoding.UTF8.GetBytes(json + (char)Separator));
    }

    private IEnumerable<T> Pushes<T>(string target) =>
        Received.Where(message => message.TryGetProperty("target", out var name) && name.GetString() == target)
            .Select(message => message.GetProperty("arguments")[0].Deserialize<T>(WireJson.Options)!);

    private JsonElement? CompletionOf(string callId) =>
        Received.Where(message => message.TryGetProperty("invocationId", out var answered) && answered.GetString() == callId)
            .Select(message => (JsonElement?)message).FirstOrDefault();

    private async Task ReadAsync()
    {
        while (true)
        {
            await _mayRead.WaitAsync();
            _mayRead.Release();
            var result = await input.ReadAsync();
            var buffer = result.Buffer;
            while (buffer.PositionOf(Separator) is { } end)
            {
                Record(JsonDocument.Parse(buffer.Slice(0, end)).RootElement.Clone());
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }

            input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                IsEnded = true;
                return;
            }
        }
    }

    private void Record(JsonElement message)
    {
        lock (_lock)
        {
            _received.Add(message);
        }
    }
}
