using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace MusicSocial.Realtime.MessagePack;

/// <summary>
/// SignalR's hub protocol "messagepack", versions 1 and 2, as spoken by <c>@microsoft/signalr-protocol-msgpack</c>. Payloads are the wire's JSON
/// in MessagePack clothes: whatever System.Text.Json reads and writes, this does, with the same names and the same limits.
/// </summary>
public sealed class MessagePackHubProtocol : IHubProtocol
{
    /// <summary>Largest message read, in bytes; the hub's own limit for clients is far below.</summary>
    public const int LargestMessage = 16 << 20;

    private static readonly JsonSerializerOptions Json = WireJson.Options;

    /// <inheritdoc/>
    public string Name => "messagepack";

    /// <inheritdoc/>
    public int Version => 2;

    /// <inheritdoc/>
    public TransferFormat TransferFormat => TransferFormat.Binary;

    /// <inheritdoc/>
    public bool IsVersionSupported(int version) => version is 1 or 2;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The bytes are not a hub message; the connection must end.</exception>
    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        while (LengthPrefix.TryRead(input, LargestMessage, out var start, out var length) && input.Length - start >= length)
        {
            var body = input.Slice(start, length);
            input = input.Slice(body.End);
            message = Parse(body, binder);
            if (message is not null)
            {
                return true;
            }
        }

        message = null;
        return false;
    }

    /// <inheritdoc/>
    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        using var buffer = new PooledBuffer();
        HubMessageWriter.Write(message, buffer, Json);
        LengthPrefix.Write(buffer.Length, output);
        output.Write(buffer.Written);
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message)
    {
        var output = new ArrayBufferWriter<byte>();
        WriteMessage(message, output);
        return output.WrittenMemory;
    }

    private static HubMessage? Parse(ReadOnlySequence<byte> body, IInvocationBinder binder)
    {
        if (body.IsSingleSegment)
        {
            return HubMessageReader.Read(body.FirstSpan, binder, Json);
        }

        // No larger than what has already arrived.
        var length = (int)body.Length;
        var copy = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            body.CopyTo(copy);
            return HubMessageReader.Read(copy.AsSpan(0, length), binder, Json);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }
}
