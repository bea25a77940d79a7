using System.Text.Json;
using Microsoft.Extensions.Logging;
using MusicSocial.Realtime.Cluster;

namespace MusicSocial.Realtime.Hubs;

/// <summary>
/// Everybody, a group or a user, as far as their connections are on this node: one subscription however many they are. A message goes to
/// each member's outlet and waits for none of them.
/// </summary>
internal sealed class HubAudience
{
    private readonly Lock _lock = new();
    private readonly HashSet<HubMember> _members = [];
    private readonly LazySubscription _subscription;
    private HubMember[]? _everyone;
    private bool _isForgotten;

    public HubAudience(string topic, ITopicBus bus, ITopicLog log, ILogger logger)
    {
        Topic = topic;
        _subscription = new(bus, topic, new(topic, log, Deliver, logger));
    }

    public string Topic { get; }

    /// <summary>Completes when the audience hears everything sent to it.</summary>
    public Task StandAsync(CancellationToken cancellationToken) => _subscription.StandAsync(cancellationToken);

    /// <summary>False when the last member has left meanwhile, and with it the audience.</summary>
    public bool TryAdd(HubMember member)
    {
        lock (_lock)
        {
            if (_isForgotten)
                return false;
            _members.Add(member);
            _everyone = null;
            return true;
        }
    }

    /// <summary>True when it was the last one: nobody can enter any more, and the subscription is to be ended.</summary>
    public bool Remove(HubMember member)
    {
        lock (_lock)
        {
            _members.Remove(member);
            _everyone = null;
            return _isForgotten = _members.Count == 0;
        }
    }

    public ValueTask EndAsync() => _subscription.EndAsync();

    private void Deliver(TopicEvent topicEvent)
    {
        var push = topicEvent.Data.Deserialize<HubPush>(WireJson.Options)!;
        var message = HubMessageForms.Read(push.Messages);
        foreach (var member in Everyone())
        {
            if (!push.Except.Contains(member.Id))
                member.Writer.Send(message);
        }
    }

    private HubMember[] Everyone()
    {
        lock (_lock)
            return _everyone ??= [.. _members];
    }
}
