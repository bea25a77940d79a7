using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace MusicSocial.Realtime.Hubs;

/// <summary>The results that clients of this node owe, by invocation id.</summary>
internal sealed class ClientResults
{
    private readonly ConcurrentDictionary<string, Debt> _debts = new(StringComparer.Ordinal);

    public int Count => _debts.Count;

    public bool Contains(string id) => _debts.ContainsKey(id);

    /// <summary>Notes that a client owes a result of a type, and what follows when it answers or goes away; false when it is noted already.</summary>
    public bool TryAdd(string id, HubMember member, Type type, Action<CompletionMessage> settle, Action disconnect)
    {
        var debt = new Debt(member.Id, type, settle);
        if (!_debts.TryAdd(id, debt))
            return false;
        debt.Watch = member.Connection.ConnectionAborted.Register(() =>
        {
            if (Remove(id))
                disconnect();
        });
        return true;
    }

    public bool Remove(string id)
    {
        if (!_debts.TryRemove(id, out var debt))
            return false;
        debt.Watch.Unregister();
        return true;
    }

    public bool TryGetType(string id, [NotNullWhen(true)] out Type? type)
    {
        type = _debts.GetValueOrDefault(id)?.Type;
        return type is not null;
    }

    /// <summary>A client has answered. Answers that nobody waits for are dropped.</summary>
    /// <exception cref="InvalidOperationException">The client answers what another was asked.</exception>
    public void Settle(string connectionId, CompletionMessage completion)
    {
        if (!_debts.TryGetValue(completion.InvocationId!, out var debt))
            return;
        if (debt.ConnectionId != connectionId)
            throw new InvalidOperationException($"Connection '{connectionId}' was not asked for result '{completion.InvocationId}'.");
        if (Remove(completion.InvocationId!))
            debt.Settle(completion);
    }

    private sealed record Debt(string ConnectionId, Type Type, Action<CompletionMessage> Settle)
    {
        public CancellationTokenRegistration Watch { get; set; }
    }
}
