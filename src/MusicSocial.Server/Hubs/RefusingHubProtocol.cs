using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using MusicSocial.Server.Api;

namespace MusicSocial.Server.Hubs;

/// <summary>
/// A hub protocol that answers calls which cannot be made - no such method, arguments that do not fit - with a refusal code.
/// They never get as far as a hub filter; everything else is left to the <paramref name="wire"/>.
/// </summary>
internal sealed class RefusingHubProtocol(IHubProtocol wire) : IHubProtocol
{
    public string Name => wire.Name;

    public int Version => wire.Version;

    public TransferFormat TransferFormat => wire.TransferFormat;

    public bool IsVersionSupported(int version) => wire.IsVersionSupported(version);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        if (!wire.TryParseMessage(ref input, binder, out message))
            return false;
        if (message is InvocationBindingFailureMessage failure)
            message = new InvocationBindingFailureMessage(failure.InvocationId, failure.Target, Refused(failure.BindingFailure.SourceException));
        return true;
    }

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => wire.WriteMessage(message, output);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => wire.GetMessageBytes(message);

    // The framework throws a HubException of its own for a method it does not know.
    private static ExceptionDispatchInfo Refused(Exception exception) => ExceptionDispatchInfo.Capture(
        RefusalHubFilter.ToHubException(exception is HubException ? Refusals.MethodUnknown : Refusals.MalformedRequest));
}
