using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Cluster;

namespace MusicSocial.Realtime.Hubs;

/// <summary>What this node does for others: it heeds the requests about connections it has, and answers.</summary>
internal sealed partial class NodeDuties
{
    private readonly ConcurrentDictionary<string, HubMember> _members;
    private readonly HubAudiences _audiences;
    private readonly ClientResults _results;
    private readonly HubTopicNames _names;
    private readonly ITopicLog _log;
    private readonly IHubClock _clock;
    private readonly TimeSpan _timeout;
    private readonly ILogger _logger;
    private readonly LazySubscription _requests;

    public NodeDuties(
        ConcurrentDictionary<string, HubMember> members, HubAudiences audiences, ClientResults results, HubTopicNames names,
        ITopicBus bus, ITopicLog log, IHubClock clock, TimeSpan timeout, ILogger logger)
    {
        (_members, _audiences, _results, _names) = (members, audiences, results, names);
        (_log, _clock, _timeout, _logger) = (log, clock, timeout, logger);
        _requests = new(bus, names.Nodes, new(names.Nodes, log, Hear, logger));
    }

    /// <summary>Completes when requests are heard.</summary>
    public Task StandAsync(CancellationToken cancellationToken) => _requests.StandAsync(cancellationToken);

    private void Hear(TopicEvent topicEvent)
    {
        var request = topicEvent.Data.Deserialize<NodeRequest>(WireJson.Options)!;
        var isLate = _clock.Now.Ms - topicEvent.AtMs > _timeout.TotalMilliseconds;
        foreach (var connectionId in request.Connections)
        {
            if (_members.TryGetValue(connectionId, out var member))
                Heed(topicEvent.Type, request, member, isLate);
        }
    }

    private void Heed(string type, NodeRequest request, HubMember member, bool isLate)
    {
        switch (type)
        {
            case HubEvents.Send:
                member.Writer.Send(HubMessageForms.Read(request.Messages!));
                break;
            case HubEvents.Join:
                _ = ChangeAsync(request, _audiences.JoinAsync(_names.Group(request.Group!), member, CancellationToken.None));
                break;
            case HubEvents.Leave:
                _ = ChangeAsync(request, _audiences.LeaveAsync(_names.Group(request.Group!), member).AsTask());
                break;
            case HubEvents.Invoke when !isLate:
                Invoke(request, member);
                break;
            case HubEvents.Still when _results.Contains(request.Id):
                _ = AnswerAsync(HubEvents.Taken, request, new(request.Id));
                break;
            case HubEvents.Cancel:
                _results.Remove(request.Id);
                break;
        }
    }

    private async Task ChangeAsync(NodeRequest request, Task change)
    {
        try
        {
            await change;
        }
        catch (Exception exception)
        {
            LogUndone(exception, request.Connections[0], request.Group);
            return;
        }

        await AnswerAsync(HubEvents.Taken, request, new(request.Id));
    }

    private void Invoke(NodeRequest request, HubMember member)
    {
        var isNew = _results.TryAdd(
            request.Id, member, typeof(RawResult), completion => Finish(request, member, completion),
            () => _ = AnswerAsync(HubEvents.Gone, request, new(request.Id)));
        if (!isNew)
            return;
        member.Writer.Send(HubMessageForms.Read(request.Messages!));
        _ = AnswerAsync(HubEvents.Taken, request, new(request.Id));
    }

    private void Finish(NodeRequest request, HubMember member, CompletionMessage completion)
    {
        var protocol = member.Connection.Protocol;
        _ = AnswerAsync(HubEvents.Done, request, new(request.Id, protocol.Name, protocol.GetMessageBytes(completion).ToArray()));
    }

    private async Task AnswerAsync(string type, NodeRequest request, NodeAnswer answer)
    {
        try
        {
            var data = JsonSerializer.SerializeToElement(answer, WireJson.Options);
            await _log.AppendAsync(_names.Node(request.Node), new(type, data), CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogUnanswered(exception, request.Id, request.Node);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Connection {ConnectionId} could not join or leave group {Group} for another node.")]
    private partial void LogUndone(Exception exception, string connectionId, string? group);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Request {Id} of node {Node} could not be answered.")]
    private partial void LogUnanswered(Exception exception, string id, string node);
}
