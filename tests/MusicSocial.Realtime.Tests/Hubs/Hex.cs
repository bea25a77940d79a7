using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MessagePack;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using MusicSocial.Realtime.Hubs;

namespace MusicSocial.Realtime.Tests.Hubs;

/// <summary>Messages as bytes written down, and back.</summary>
internal static class Hex
{
    private static readonly IHubProtocol Protocol = MessagePackWire.CreateProtocol();

    public static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>The message with its length before it.</summary>
    public static byte[] Framed(byte[] body)
    {
        var output = new ArrayBufferWriter<byte>();
        var rest = (uint)body.Length;
        for (; rest > 0x7f; rest >>= 7)
            output.Write([(byte)(rest | 0x80)]);
        output.Write([(byte)rest]);
        output.Write(body);
        return output.WrittenSpan.ToArray();
    }

    public static HubMessage Parse(string hex, IInvocationBinder binder) => ParseAll(Framed(Bytes(hex)), binder).Single();

    public static List<HubMessage> ParseAll(byte[] bytes, IInvocationBinder binder)
    {
        var input = new ReadOnlySequence<byte>(bytes);
        List<HubMessage> messages = [];
        while (Protocol.TryParseMessage(ref input, binder, out var message))
        {
            messages.Add(message);
        }

        return messages;
    }

    /// <summary>JSON text as MessagePack.</summary>
    public static byte[] FromJson(string json)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        MessagePackJson.Write(ref writer, JsonElement.Parse(json));
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }

    /// <summary>MessagePack as JSON text.</summary>
    public static string ToJson(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            var reader = new MessagePackReader(bytes);
            MessagePackJson.Read(ref reader, json, MessagePackSecurity.UntrustedData);
            Assert.True(reader.End);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
