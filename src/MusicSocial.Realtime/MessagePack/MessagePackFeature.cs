using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MusicSocial.Realtime.MessagePack;

/// <summary>Adds the "messagepack" hub protocol.</summary>
public static class MessagePackFeature
{
    /// <summary>Offers "messagepack" beside the protocols that are there, on a server or a client.</summary>
    public static TBuilder AddMessagePackWire<TBuilder>(this TBuilder builder)
        where TBuilder : ISignalRBuilder
    {
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHubProtocol, MessagePackHubProtocol>());
        return builder;
    }
}
