using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace MusicSocial.Realtime.Hubs;

/// <summary>
/// A hub message in every protocol the hub speaks. Only the node that sends it knows its arguments as objects; all others pass bytes on, so
/// any registered protocol works, with its own serialiser settings.
/// </summary>
internal sealed class HubMessageForms(IHubProtocolResolver resolver, IList<string>? supported)
{
    private readonly IHubProtocol[] _protocols =
        [.. resolver.AllProtocols.Where(protocol => supported is null || supported.Contains(protocol.Name, StringComparer.OrdinalIgnoreCase))];

    public IReadOnlyDictionary<string, byte[]> Write(HubMessage message) =>
        _protocols.ToDictionary(protocol => protocol.Name, protocol => protocol.GetMessageBytes(message).ToArray());

    public static SerializedHubMessage Read(IReadOnlyDictionary<string, byte[]> messages) =>
        new([.. messages.Select(message => new SerializedMessage(message.Key, message.Value))]);

    /// <summary>Reads a client's answer in the protocol it was given in.</summary>
    public CompletionMessage? ReadCompletion(string protocol, byte[] completion, IInvocationBinder binder)
    {
        var bytes = new System.Buffers.ReadOnlySequence<byte>(completion);
        return resolver.AllProtocols.Single(one => one.Name == protocol).TryParseMessage(ref bytes, binder, out var message)
            ? message as CompletionMessage
            : null;
    }
}
