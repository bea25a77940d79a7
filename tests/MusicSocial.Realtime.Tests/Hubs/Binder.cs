using Microsoft.AspNetCore.SignalR;

namespace MusicSocial.Realtime.Tests.Hubs;

/// <summary>Knows one method, <c>Known</c>, and one result and stream type.</summary>
internal sealed class Binder(params Type[] types) : IInvocationBinder
{
    public IReadOnlyList<Type> GetParameterTypes(string methodName) =>
        methodName == "Known" ? types : throw new HubException($"No method {methodName}.");

    public Type GetReturnType(string invocationId) => types[0];

    public Type GetStreamItemType(string streamId) => types[0];
}
