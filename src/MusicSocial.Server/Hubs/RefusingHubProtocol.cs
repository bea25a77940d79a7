using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime;
using MusicSocial.Realtime.RateLimiting;
using MusicSocial.Server.Api;
using MusicSocial.Server.Limits;

namespace MusicSocial.Server.Hubs;

/// <summary>
/// A hub protocol that answers calls which cannot be made - no such method, arguments that do not fit - with a refusal code. They never get as far as a hub
/// filter, nor do answers to no question; so they are counted here, and a connection that floods with them is closed. Everything else is left to the wire.
/// </summary>
internal sealed class RefusingHubProtocol(IHubProtocol wire, IOptions<LimitOptions> options, TimeProvider time, RealtimeMetrics metrics) : IHubProtocol
{
    private sealed class Meter
    {
        public LeakyBucket Idle;
    }

    // SignalR makes a binder for each connection.
    private readonly ConditionalWeakTable<IInvocationBinder, Meter> _meters = [];

    public string Name => wire.Name;

    public int Version => wire.Version;

    public TransferFormat TransferFormat => wire.TransferFormat;

    public bool IsVersionSupported(int version) => wire.IsVersionSupported(version);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        if (!wire.TryParseMessage(ref input, binder, out message))
            return false;
        if (message is InvocationBindingFailureMessage or StreamBindingFailureMessage or CompletionMessage or CancelInvocationMessage)
            Count(binder);
        if (message is InvocationBindingFailureMessage failure)
            message = new InvocationBindingFailureMessage(failure.InvocationId, failure.Target, Refused(failure.BindingFailure.SourceException));
        return true;
    }

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => wire.WriteMessage(message, output);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => wire.GetMessageBytes(message);

    // Messages of one connection are read one at a time, so its meter needs no lock. Throwing closes the connection.
    private void Count(IInvocationBinder binder)
    {
        var limit = options.Value.HubCalls;
        if (_meters.GetOrCreateValue(binder).Idle.TakeCall(limit.PerSecond, limit.Burst, time) is null)
            return;
        metrics.Refused("hub");
        throw new InvalidDataException("Too many messages that lead nowhere.");
    }

    // The framework throws a HubException of its own for a method it does not know.
    private static ExceptionDispatchInfo Refused(Exception exception) => ExceptionDispatchInfo.Capture(
        RefusalHubFilter.ToHubException(exception is HubException ? Refusals.MethodUnknown : Refusals.MalformedRequest));
}
