using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace MusicSocial.Realtime.MessagePack;

/// <summary>
/// Hub messages as MessagePack arrays, in the shape of
/// https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/HubProtocol.md#messagepack-msgpack-encoding.
/// </summary>
internal static class HubMessageWriter
{
    public static void Write(HubMessage message, PooledBuffer buffer, JsonSerializerOptions options)
    {
        var output = new MessagePackWriter(buffer);
        switch (message)
        {
            case InvocationMessage invocation:
                WriteCall(invocation, 1, invocation.StreamIds, output, options);
                break;
            case StreamInvocationMessage invocation:
                WriteCall(invocation, 4, invocation.StreamIds, output, options);
                break;
            case StreamItemMessage item:
                WriteHead(output, 4, 2, item);
                WriteValue(item.Item, output, options);
                break;
            case CompletionMessage completion:
                WriteCompletion(completion, output, options);
                break;
            case CancelInvocationMessage cancel:
                WriteHead(output, 3, 5, cancel);
                break;
            case PingMessage:
                WriteShort(output, 6);
                break;
            case CloseMessage close:
                output.WriteArrayHeader(3);
                output.WriteInteger(7);
                output.WriteString(close.Error);
                output.WriteBoolean(close.AllowReconnect);
                break;
            case AckMessage ack:
                WriteShort(output, 8, ack.SequenceId);
                break;
            case SequenceMessage sequence:
                WriteShort(output, 9, sequence.SequenceId);
                break;
            default:
                throw new InvalidDataException($"No MessagePack form of {message.GetType().Name}.");
        }
    }

    private static void WriteCall(
        HubMethodInvocationMessage call, int type, string[]? streamIds, MessagePackWriter output, JsonSerializerOptions options)
    {
        WriteHead(output, 6, type, call);
        output.WriteString(call.Target);
        output.WriteArrayHeader(call.Arguments.Length);
        foreach (var argument in call.Arguments)
        {
            WriteValue(argument, output, options);
        }

        output.WriteArrayHeader(streamIds?.Length ?? 0);
        foreach (var streamId in streamIds ?? [])
        {
            output.WriteString(streamId);
        }
    }

    private static void WriteCompletion(CompletionMessage completion, MessagePackWriter output, JsonSerializerOptions options)
    {
        var isVoid = completion is { Error: null, HasResult: false };
        WriteHead(output, isVoid ? 4 : 5, 3, completion);
        output.WriteInteger(completion.Error is not null ? 1 : isVoid ? 2 : 3);
        if (completion.Error is not null)
        {
            output.WriteString(completion.Error);
        }
        else if (completion.HasResult)
        {
            WriteValue(completion.Result, output, options);
        }
    }

    private static void WriteHead(MessagePackWriter output, int length, int type, HubInvocationMessage message)
    {
        output.WriteArrayHeader(length);
        output.WriteInteger(type);
        output.WriteMapHeader(message.Headers?.Count ?? 0);
        foreach (var (key, value) in message.Headers ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            output.WriteString(key);
            output.WriteString(value);
        }

        output.WriteString(message.InvocationId);
    }

    private static void WriteShort(MessagePackWriter output, int type, params ReadOnlySpan<long> values)
    {
        output.WriteArrayHeader(1 + values.Length);
        output.WriteInteger(type);
        foreach (var value in values)
        {
            output.WriteInteger(value);
        }
    }

    private static void WriteValue(object? value, MessagePackWriter output, JsonSerializerOptions options)
    {
        switch (value)
        {
            case null:
                output.WriteNil();
                return;
            case RawResult raw:
                foreach (var segment in raw.RawSerializedData)
                {
                    output.WriteRaw(segment.Span);
                }

                return;
        }

        using var text = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(text, new JsonWriterOptions { Encoder = options.Encoder, SkipValidation = true }))
        {
            JsonSerializer.Serialize(writer, value, value.GetType(), options);
        }

        var json = new Utf8JsonReader(text.Written);
        json.Read();
        MessagePackJson.Write(ref json, output);
    }
}
