using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Hubs;

namespace MusicSocial.Benchmarks.Realtime;

/// <summary>A frame of events of 220 bytes written once for everybody, and a client's call read, in both protocols.</summary>
[MemoryDiagnoser]
public class ProtocolBenchmarks
{
    private readonly JsonHubProtocol _json = new(Options.Create(new JsonHubProtocolOptions { PayloadSerializerOptions = WireJson.Options }));
    private readonly IHubProtocol _messagePack = MessagePackWire.CreateProtocol();
    private readonly Binder _binder = new();
    private InvocationMessage _frame = null!;
    private ReadOnlySequence<byte> _jsonCall;
    private ReadOnlySequence<byte> _messagePackCall;

    /// <summary>How many events the frame holds.</summary>
    [Params(1, 20, 400)]
    public int Events { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var data = JsonSerializer.SerializeToElement(new { text = new string('x', 209) });
        var events = Enumerable.Range(1, Events).Select(offset => new TopicEvent(offset, "comment.posted", 1_700_000_000_000.5, data)).ToArray();
        _frame = new("Frame", [new Frame("track:01hzy", "e", 1, Events, Events, Events, events)]);
        var call = new InvocationMessage("7", "Publish", ["track:01hzy", data]);
        _jsonCall = new(_json.GetMessageBytes(call));
        _messagePackCall = new(_messagePack.GetMessageBytes(call));
    }

    [Benchmark(Baseline = true)]
    public int WriteJson() => _json.GetMessageBytes(_frame).Length;

    [Benchmark]
    public int WriteMessagePack() => _messagePack.GetMessageBytes(_frame).Length;

    [Benchmark]
    public HubMessage? ReadCallJson()
    {
        var input = _jsonCall;
        return _json.TryParseMessage(ref input, _binder, out var message) ? message : null;
    }

    [Benchmark]
    public HubMessage? ReadCallMessagePack()
    {
        var input = _messagePackCall;
        return _messagePack.TryParseMessage(ref input, _binder, out var message) ? message : null;
    }

    private sealed class Binder : IInvocationBinder
    {
        private static readonly Type[] Types = [typeof(string), typeof(JsonElement)];

        public Type GetReturnType(string invocationId) => typeof(object);

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => Types;

        public Type GetStreamItemType(string streamId) => typeof(object);
    }
}
