using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Topics;

namespace MusicSocial.Realtime.Hubs;

/// <summary>
/// Plain SignalR on any number of nodes: everybody, each group and each user is a topic, to which messages are appended and which a node
/// follows while it has members. Its connections can also follow topics of features, as with <see cref="TopicHubLifetimeManager{THub}"/>.
/// </summary>
internal sealed class BackplaneHubLifetimeManager<THub> : HubLifetimeManager<THub>
    where THub : Hub
{
    private readonly ConcurrentDictionary<string, HubMember> _members = new(StringComparer.Ordinal);
    private readonly string _node = RandomNumberGenerator.GetHexString(12, lowercase: true);
    private readonly HubTopicNames _names = new(typeof(THub));
    private readonly ClientResults _results = new();
    private readonly TopicConnections _connections;
    private readonly TopicFollowService _following;
    private readonly ITopicLog _log;
    private readonly HubMessageForms _forms;
    private readonly HubAudiences _audiences;
    private readonly NodeQuestions _questions;
    private readonly NodeDuties _duties;
    private long _lastId;

    public BackplaneHubLifetimeManager(
        TopicConnections connections, TopicFollowService following, ITopicBus bus, ITopicLog log, IHubClock clock, TimeProvider time,
        IHubProtocolResolver protocols, IOptions<HubOptions> everyHub, IOptions<HubOptions<THub>> thisHub, IOptions<RealtimeOptions> options,
        ILogger<BackplaneHubLifetimeManager<THub>> logger)
    {
        (_connections, _following, _log) = (connections, following, log);
        var timeout = options.Value.NodeTimeout;
        _forms = new(protocols, thisHub.Value.SupportedProtocols ?? everyHub.Value.SupportedProtocols);
        _audiences = new(bus, log, logger);
        _questions = new(_node, _names, bus, log, _forms, time, timeout, logger);
        _duties = new(_members, _audiences, _results, _names, bus, log, clock, timeout, logger);
    }

    /// <summary>How many audiences have members here.</summary>
    internal int AudienceCount => _audiences.Count;

    public override async Task OnConnectedAsync(HubConnectionContext connection)
    {
        var member = new HubMember(connection, _connections.Open(connection).Writer);
        _members[member.Id] = member;
        await Task.WhenAll(
            _duties.StandAsync(CancellationToken.None),
            _audiences.JoinAsync(_names.All, member, CancellationToken.None),
            connection.UserIdentifier is { } userId
                ? _audiences.JoinAsync(_names.User(userId), member, CancellationToken.None)
                : Task.CompletedTask);
    }

    public override async Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        if (_connections.Close(connection.ConnectionId) is { } closed)
            await _following.UnfollowAllAsync(closed);
        if (_members.TryRemove(connection.ConnectionId, out var member))
            await _audiences.LeaveAllAsync(member);
    }

    public override Task SendAllAsync(string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        PushAsync([_names.All], methodName, args, [], cancellationToken);

    public override Task SendAllExceptAsync(
        string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds, CancellationToken cancellationToken = default) =>
        PushAsync([_names.All], methodName, args, excludedConnectionIds, cancellationToken);

    public override Task SendGroupAsync(string groupName, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendGroupsAsync([groupName], methodName, args, cancellationToken);

    public override Task SendGroupsAsync(
        IReadOnlyList<string> groupNames, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        PushAsync(groupNames.Select(_names.Group), methodName, args, [], cancellationToken);

    public override Task SendGroupExceptAsync(
        string groupName, string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds,
        CancellationToken cancellationToken = default) =>
        PushAsync([_names.Group(groupName)], methodName, args, excludedConnectionIds, cancellationToken);

    public override Task SendUserAsync(string userId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendUsersAsync([userId], methodName, args, cancellationToken);

    public override Task SendUsersAsync(
        IReadOnlyList<string> userIds, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        PushAsync(userIds.Select(_names.User), methodName, args, [], cancellationToken);

    public override Task SendConnectionAsync(
        string connectionId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        _members.TryGetValue(connectionId, out var member)
            ? member.Connection.WriteAsync(new InvocationMessage(methodName, args), cancellationToken).AsTask()
            : _questions.SendAsync(NextId(), [connectionId], new InvocationMessage(methodName, args), cancellationToken);

    public override async Task SendConnectionsAsync(
        IReadOnlyList<string> connectionIds, string methodName, object?[] args, CancellationToken cancellationToken = default)
    {
        var message = new InvocationMessage(methodName, args);
        List<Task> writes = [];
        List<string> elsewhere = [];
        foreach (var connectionId in connectionIds)
        {
            if (_members.TryGetValue(connectionId, out var member))
                writes.Add(member.Connection.WriteAsync(message, cancellationToken).AsTask());
            else
                elsewhere.Add(connectionId);
        }

        if (elsewhere.Count > 0)
            writes.Add(_questions.SendAsync(NextId(), elsewhere, message, cancellationToken));
        await Task.WhenAll(writes);
    }

    public override Task AddToGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default) =>
        _members.TryGetValue(connectionId, out var member)
            ? _audiences.JoinAsync(_names.Group(groupName), member, cancellationToken)
            : _questions.ChangeGroupAsync(HubEvents.Join, NextId(), connectionId, groupName, cancellationToken);

    public override Task RemoveFromGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default) =>
        _members.TryGetValue(connectionId, out var member)
            ? _audiences.LeaveAsync(_names.Group(groupName), member).AsTask()
            : _questions.ChangeGroupAsync(HubEvents.Leave, NextId(), connectionId, groupName, cancellationToken);

    public override Task<T> InvokeConnectionAsync<T>(
        string connectionId, string methodName, object?[] args, CancellationToken cancellationToken)
    {
        var invocation = new InvocationMessage(NextId(), methodName, args);
        return _members.TryGetValue(connectionId, out var member)
            ? InvokeHereAsync<T>(member, invocation, cancellationToken)
            : _questions.InvokeAsync<T>(invocation.InvocationId!, connectionId, invocation, cancellationToken);
    }

    public override Task SetConnectionResultAsync(string connectionId, CompletionMessage result)
    {
        _results.Settle(connectionId, result);
        return Task.CompletedTask;
    }

    public override bool TryGetReturnType(string invocationId, [NotNullWhen(true)] out Type? type) => _results.TryGetType(invocationId, out type);

    private string NextId() => $"{_node}-{Interlocked.Increment(ref _lastId)}";

    private async Task<T> InvokeHereAsync<T>(HubMember member, InvocationMessage invocation, CancellationToken cancellationToken)
    {
        var id = invocation.InvocationId!;
        var result = new AwaitedResult<T>(member.Id);
        _results.TryAdd(id, member, typeof(T), result.Settle, result.Disconnect);
        try
        {
            await member.Connection.WriteAsync(invocation, cancellationToken);
            return await result.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            _results.Remove(id);
        }
    }

    private Task PushAsync(
        IEnumerable<string> topics, string methodName, object?[] args, IReadOnlyList<string> except, CancellationToken cancellationToken)
    {
        var push = new HubPush(NextId(), _forms.Write(new InvocationMessage(methodName, args)), except);
        var newEvent = new NewEvent(HubEvents.Push, JsonSerializer.SerializeToElement(push, WireJson.Options));
        return Task.WhenAll(topics.Select(topic => _log.AppendAsync(topic, newEvent, cancellationToken).AsTask()));
    }
}
