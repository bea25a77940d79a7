using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using MusicSocial.Realtime.Cluster;

namespace MusicSocial.Realtime.Hubs;

/// <summary>The audiences with members on this node. Joins of different audiences never wait for each other.</summary>
internal sealed class HubAudiences(ITopicBus bus, ITopicLog log, ILogger logger)
{
    private readonly ConcurrentDictionary<string, HubAudience> _audiences = new(StringComparer.Ordinal);

    public int Count => _audiences.Count;

    /// <summary>From the moment the task completes the member gets everything sent to the audience. A connection that is gone joins nothing.</summary>
    public async Task JoinAsync(string topic, HubMember member, CancellationToken cancellationToken)
    {
        if (member.Enter(topic, Enter) is not { } audience)
            return;
        try
        {
            await audience.StandAsync(cancellationToken);
        }
        catch
        {
            await LeaveAsync(topic, member);
            throw;
        }
    }

    public ValueTask LeaveAsync(string topic, HubMember member) =>
        member.Leave(topic) is { } audience ? LeaveAsync(audience, member) : default;

    public async ValueTask LeaveAllAsync(HubMember member)
    {
        foreach (var audience in member.LeaveAll())
            await LeaveAsync(audience, member);
    }

    private HubAudience Enter(string topic, HubMember member)
    {
        while (true)
        {
            var audience = _audiences.GetOrAdd(topic, name => new(name, bus, log, logger));
            if (audience.TryAdd(member))
                return audience;
            _audiences.TryRemove(KeyValuePair.Create(topic, audience));
        }
    }

    private async ValueTask LeaveAsync(HubAudience audience, HubMember member)
    {
        if (!audience.Remove(member))
            return;
        _audiences.TryRemove(KeyValuePair.Create(audience.Topic, audience));
        await audience.EndAsync();
    }
}
