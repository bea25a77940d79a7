using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging;
using MusicSocial.Realtime.Cluster;

namespace MusicSocial.Realtime.Hubs;

/// <summary>
/// What this node asks of others about connections it does not have. All nodes hear it, the one that has the connection answers. Requests are
/// numbered like everything else: a node that was cut off from the backplane for a moment heeds them when it is back.
/// </summary>
internal sealed class NodeQuestions
{
    private readonly ConcurrentDictionary<string, Question> _open = new(StringComparer.Ordinal);
    private readonly HubTopicNames _names;
    private readonly ITopicLog _log;
    private readonly HubMessageForms _forms;
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly LazySubscription _answers;
    private readonly string _node;

    public NodeQuestions(
        string node, HubTopicNames names, ITopicBus bus, ITopicLog log, HubMessageForms forms, TimeProvider time, TimeSpan timeout, ILogger logger)
    {
        (_node, _names, _log, _forms, _time, _timeout) = (node, names, log, forms, time, timeout);
        _answers = new(bus, names.Node(node), new(names.Node(node), log, Hear, logger));
    }

    /// <summary>Writes a message to connections, wherever they are; nobody says whether they exist.</summary>
    public Task SendAsync(string id, IReadOnlyList<string> connectionIds, HubMessage message, CancellationToken cancellationToken) =>
        AskAsync(HubEvents.Send, new(_node, id, connectionIds, Messages: _forms.Write(message)), cancellationToken);

    /// <summary>
    /// Lets a connection <see cref="HubEvents.Join"/> or <see cref="HubEvents.Leave"/> a group; done when the task completes. As with SignalR on one
    /// node, it is nothing when the connection does not exist.
    /// </summary>
    public async Task ChangeGroupAsync(string change, string id, string connectionId, string group, CancellationToken cancellationToken)
    {
        var question = new Question(_ => { }, () => { }, typeof(void));
        await OpenAsync(id, question, cancellationToken);
        try
        {
            await AskAsync(change, new(_node, id, [connectionId], group), cancellationToken);
            await question.Taken.WaitAsync(_timeout, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Nobody has the connection.
        }
        finally
        {
            _open.TryRemove(id, out _);
        }
    }

    /// <summary>Asks a client for a result.</summary>
    /// <exception cref="IOException">The connection does not exist, or ended before it answered.</exception>
    public async Task<T> InvokeAsync<T>(string id, string connectionId, InvocationMessage invocation, CancellationToken cancellationToken)
    {
        var result = new AwaitedResult<T>(connectionId);
        var question = new Question(result.Settle, result.Disconnect, typeof(T));
        var request = new NodeRequest(_node, id, [connectionId]);
        await OpenAsync(id, question, cancellationToken);
        try
        {
            await AskAsync(HubEvents.Invoke, request with { Messages = _forms.Write(invocation) }, cancellationToken);
            await WatchAsync(question, result.Task, request, cancellationToken);
            return await result.Task;
        }
        catch (OperationCanceledException)
        {
            await AskAsync(HubEvents.Cancel, request, CancellationToken.None);
            throw;
        }
        finally
        {
            _open.TryRemove(id, out _);
        }
    }

    /// <summary>Until there is a result, makes sure that somebody still waits for the client.</summary>
    private async Task WatchAsync(Question question, Task result, NodeRequest request, CancellationToken cancellationToken)
    {
        for (var wasTaken = false; ; wasTaken = true)
        {
            await result.WaitAsync(_timeout, _time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            cancellationToken.ThrowIfCancellationRequested();
            if (result.IsCompleted)
                return;
            if (!question.TakeSign())
                throw new IOException($"Connection '{request.Connections[0]}' {(wasTaken ? "disconnected" : "does not exist")}.");
            await AskAsync(HubEvents.Still, request, cancellationToken);
        }
    }

    private async Task OpenAsync(string id, Question question, CancellationToken cancellationToken)
    {
        await _answers.StandAsync(cancellationToken);
        _open[id] = question;
    }

    private async Task AskAsync(string type, NodeRequest request, CancellationToken cancellationToken) =>
        await _log.AppendAsync(_names.Nodes, new(type, JsonSerializer.SerializeToElement(request, WireJson.Options)), cancellationToken);

    private void Hear(TopicEvent topicEvent)
    {
        var answer = topicEvent.Data.Deserialize<NodeAnswer>(WireJson.Options)!;
        if (!_open.TryGetValue(answer.Id, out var question))
            return;
        question.Sign();
        if (topicEvent.Type == HubEvents.Gone)
            question.Disconnect();
        else if (topicEvent.Type == HubEvents.Done && _forms.ReadCompletion(answer.Protocol!, answer.Completion!, question) is { } completion)
            question.Settle(completion);
    }

    /// <summary>A question under way, and how its result is to be read.</summary>
    private sealed class Question(Action<CompletionMessage> settle, Action disconnect, Type resultType) : IInvocationBinder
    {
        private readonly TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _hasSign;

        public Task Taken => _taken.Task;

        public void Settle(CompletionMessage completion) => settle(completion);

        public void Disconnect() => disconnect();

        /// <summary>Somebody has the connection.</summary>
        public void Sign()
        {
            Volatile.Write(ref _hasSign, true);
            _taken.TrySetResult();
        }

        /// <summary>Whether there was a sign since the last time.</summary>
        public bool TakeSign() => Interlocked.Exchange(ref _hasSign, false);

        public Type GetReturnType(string invocationId) => resultType;

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => throw new InvalidOperationException("Only results are awaited.");

        public Type GetStreamItemType(string streamId) => throw new InvalidOperationException("Only results are awaited.");
    }
}
