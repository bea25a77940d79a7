using System.Buffers;
using System.Runtime.ExceptionServices;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace MusicSocial.Realtime.MessagePack;

/// <summary>
/// Reads one hub message. A message whose form is broken throws <see cref="InvalidDataException"/> and ends the connection; one that
/// is well-formed but does not fit the called method becomes a binding failure, which is answered.
/// </summary>
internal static class HubMessageReader
{
    // The server follows no uploads; this only bounds what a hostile client can make us remember per call.
    private const int MostHeadersOrStreams = 32;

    /// <summary>Null for a type of message this version does not know.</summary>
    public static HubMessage? Read(ReadOnlySpan<byte> bytes, IInvocationBinder binder, JsonSerializerOptions options)
    {
        CheckForm(bytes);
        var input = new MessagePackReader(bytes);
        var count = input.ReadArrayHeader();
        return input.ReadInteger() switch
        {
            1 => ReadInvocation(ref input, count, binder, options),
            2 => ReadStreamItem(ref input, binder, options),
            3 => ReadCompletion(ref input, binder, options),
            4 => ReadStreamInvocation(ref input, count, binder, options),
            5 => ReadCancel(ref input),
            6 => PingMessage.Instance,
            7 => new CloseMessage(input.ReadStringOrNil(), count > 2 && input.ReadBoolean()),
            8 => new AckMessage(input.ReadInteger()),
            9 => new SequenceMessage(input.ReadInteger()),
            _ => null,
        };
    }

    private static void CheckForm(ReadOnlySpan<byte> bytes)
    {
        var input = new MessagePackReader(bytes);
        input.Skip();
        if (!input.IsAtEnd)
        {
            throw new InvalidDataException("There are bytes after the message.");
        }
    }

    private static HubMessage ReadInvocation(
        ref MessagePackReader input, int count, IInvocationBinder binder, JsonSerializerOptions options)
    {
        var headers = ReadHeaders(ref input);
        var invocationId = ReadId(ref input);
        var target = ReadTarget(ref input, binder);
        var (arguments, failure) = ReadArguments(ref input, target, binder, options);
        var streamIds = count > 5 ? ReadStreamIds(ref input) : null;
        return failure is null
            ? new InvocationMessage(invocationId, target, arguments, streamIds) { Headers = headers }
            : new InvocationBindingFailureMessage(invocationId, target, failure);
    }

    private static HubMessage ReadStreamInvocation(
        ref MessagePackReader input, int count, IInvocationBinder binder, JsonSerializerOptions options)
    {
        var headers = ReadHeaders(ref input);
        var invocationId = ReadRequiredId(ref input);
        var target = ReadTarget(ref input, binder);
        var (arguments, failure) = ReadArguments(ref input, target, binder, options);
        var streamIds = count > 5 ? ReadStreamIds(ref input) : null;
        return failure is null
            ? new StreamInvocationMessage(invocationId, target, arguments, streamIds) { Headers = headers }
            : new InvocationBindingFailureMessage(invocationId, target, failure);
    }

    private static HubMessage ReadStreamItem(ref MessagePackReader input, IInvocationBinder binder, JsonSerializerOptions options)
    {
        var headers = ReadHeaders(ref input);
        var invocationId = ReadRequiredId(ref input);
        var value = input.Skip();
        try
        {
            return new StreamItemMessage(invocationId, Bind(value, binder.GetStreamItemType(invocationId), options)) { Headers = headers };
        }
        catch (Exception exception)
        {
            return new StreamBindingFailureMessage(invocationId, ExceptionDispatchInfo.Capture(exception));
        }
    }

    private static CompletionMessage ReadCompletion(ref MessagePackReader input, IInvocationBinder binder, JsonSerializerOptions options)
    {
        var headers = ReadHeaders(ref input);
        var invocationId = ReadRequiredId(ref input);
        var kind = input.ReadInteger();
        var (error, result) = kind switch
        {
            1 => (input.ReadString(), null),
            2 => (null, null),
            3 => ReadResult(ref input, invocationId, binder, options),
            _ => throw new InvalidDataException("Unknown kind of completion."),
        };
        return new(invocationId, error, result, hasResult: kind == 3 && error is null) { Headers = headers };
    }

    private static CancelInvocationMessage ReadCancel(ref MessagePackReader input)
    {
        var headers = ReadHeaders(ref input);
        return new(ReadRequiredId(ref input)) { Headers = headers };
    }

    private static (string? Error, object? Result) ReadResult(
        ref MessagePackReader input, string invocationId, IInvocationBinder binder, JsonSerializerOptions options)
    {
        var value = input.Skip();
        Type type;
        try
        {
            type = binder.GetReturnType(invocationId);
        }
        catch (Exception)
        {
            // Nobody waits for this result any more.
            return (null, null);
        }

        try
        {
            return (null, Bind(value, type, options));
        }
        catch (Exception exception)
        {
            return ($"The result is not a {type.Name}: {exception.Message}", null);
        }
    }

    private static (object?[] Arguments, ExceptionDispatchInfo? Failure) ReadArguments(
        ref MessagePackReader input, string target, IInvocationBinder binder, JsonSerializerOptions options)
    {
        var whole = input.Skip();
        var values = new MessagePackReader(whole);
        var count = values.ReadArrayHeader();
        try
        {
            var types = binder.GetParameterTypes(target);
            if (types.Count != count)
            {
                throw new InvalidDataException($"{target} takes {types.Count} arguments, not {count}.");
            }

            var arguments = new object?[count];
            for (var i = 0; i < count; i++)
            {
                arguments[i] = Bind(values.Skip(), types[i], options);
            }

            return (arguments, null);
        }
        catch (Exception exception)
        {
            return ([], ExceptionDispatchInfo.Capture(exception));
        }
    }

    private static object? Bind(ReadOnlySpan<byte> value, Type type, JsonSerializerOptions options)
    {
        if (type == typeof(RawResult))
        {
            return new RawResult(new ReadOnlySequence<byte>(value.ToArray()));
        }

        using var text = new PooledBuffer();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Encoder = options.Encoder, MaxDepth = options.MaxDepth }))
        {
            var input = new MessagePackReader(value);
            MessagePackJson.Read(ref input, json);
        }

        return JsonSerializer.Deserialize(text.Written, type, options);
    }

    private static Dictionary<string, string>? ReadHeaders(ref MessagePackReader input)
    {
        var count = input.ReadMapHeader();
        if (count == 0)
        {
            return null;
        }

        if (count > MostHeadersOrStreams)
        {
            throw new InvalidDataException("Too many headers.");
        }

        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var key = input.ReadString();
            headers[key] = input.ReadString();
        }

        return headers;
    }

    private static string[]? ReadStreamIds(ref MessagePackReader input)
    {
        var count = input.ReadArrayHeader();
        if (count == 0)
        {
            return null;
        }

        if (count > MostHeadersOrStreams)
        {
            throw new InvalidDataException("Too many streams.");
        }

        var ids = new string[count];
        for (var i = 0; i < count; i++)
        {
            ids[i] = input.ReadString();
        }

        return ids;
    }

    private static string ReadTarget(ref MessagePackReader input, IInvocationBinder binder)
    {
        var utf8 = input.ReadUtf8();
        if (utf8.IsEmpty)
        {
            throw new InvalidDataException("The target is missing.");
        }

        return binder.GetTarget(utf8) ?? Encoding.UTF8.GetString(utf8);
    }

    // An empty id means the same as none; SignalR's messages want none as null.
    private static string? ReadId(ref MessagePackReader input) => input.ReadStringOrNil() is { Length: > 0 } id ? id : null;

    private static string ReadRequiredId(ref MessagePackReader input) =>
        ReadId(ref input) ?? throw new InvalidDataException("The invocation id is missing.");
}
