using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using MusicSocial.Client.Topics;

namespace MusicSocial.Benchmarks.Client;

/// <summary>What a frame costs the C# client, from the bytes of the hub message to the updates its reader gets; the bytes are what cannot be saved.</summary>
[MemoryDiagnoser]
public class DecodingBenchmarks
{
    private readonly JsonHubProtocol _json = new(Options.Create(new JsonHubProtocolOptions { PayloadSerializerOptions = WireJson.Options }));
    private readonly Binder _binder = new();
    private ReadOnlySequence<byte> _message;

    /// <summary>How many events of 220 bytes the frame holds.</summary>
    [Params(1, 20, 400)]
    public int Events { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var data = JsonSerializer.SerializeToElement(new { text = new string('x', 209) });
        var events = Enumerable.Range(1, Events).Select(offset => new TopicEvent(offset, "comment.posted", 1_700_000_000_000.5, data)).ToArray();
        _message = new(_json.GetMessageBytes(new InvocationMessage("Frame", [new Frame("track:01hzy", "e", 1, Events, Events, Events, events)])));
    }

    [Benchmark]
    public int Decode()
    {
        var input = _message;
        if (!_json.TryParseMessage(ref input, _binder, out var message))
            return 0;
        var cursor = new TopicCursor();
        cursor.Take(new FollowAnswer("track:01hzy", new TopicPosition("e", 0), Recovered: false, [], Snapshot: null));
        return cursor.Take((Frame)((InvocationMessage)message).Arguments[0]!)!.Count;
    }

    private sealed class Binder : IInvocationBinder
    {
        private static readonly Type[] Types = [typeof(Frame)];

        public Type GetReturnType(string invocationId) => typeof(object);

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => Types;

        public Type GetStreamItemType(string streamId) => typeof(object);
    }
}
