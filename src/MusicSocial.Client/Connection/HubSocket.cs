using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MusicSocial.Client.Connection;

/// <summary>One live connection to one node, used once: opened, spoken over, gone.</summary>
internal sealed class HubSocket : IAsyncDisposable
{
    private static readonly TimeSpan GoodbyeTime = TimeSpan.FromSeconds(1);

    private static readonly IHubProtocol Protocol = new JsonHubProtocol(
        Options.Create(new JsonHubProtocolOptions { PayloadSerializerOptions = WireJson.Options }));

    private readonly TaskCompletionSource<TimeSpan> _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ClientWebSocket _socket;
    private readonly HubConnection _connection;
    private int _calls;

    private HubSocket(Uri node, ClientWebSocket socket, HubConnection connection)
    {
        (Node, _socket, _connection) = (node, socket, connection);
        connection.Closed += _ =>
        {
            _gone.TrySetResult(TimeSpan.Zero);
            return Task.CompletedTask;
        };
        connection.On<Draining>("Draining", draining => _gone.TrySetResult(TimeSpan.FromMilliseconds(Math.Max(0, draining.RetryAfterMs))));
    }

    public Uri Node { get; }

    /// <summary>Completes when the connection broke (zero), or when the node asked to come back after a while.</summary>
    public Task<TimeSpan> Gone => _gone.Task;

    /// <summary>Connects to a node.</summary>
    /// <exception cref="HubTurnedAwayException">The node answered, and not with a connection.</exception>
    public static async Task<HubSocket> OpenAsync(
        Uri node, string accessToken, MusicSocialClientOptions options, IHubListener listener, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.KeepAliveInterval = options.KeepAliveInterval;
        socket.Options.KeepAliveTimeout = options.KeepAliveTimeout;
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IConnectionFactory>(new WebSocketTransport(socket));
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(AddressOf(node, accessToken)));
        builder.Services.AddSingleton(Protocol);
        var opened = new HubSocket(node, socket, builder.Build());
        opened.Listen(listener);
        try
        {
            await opened._connection.StartAsync(cancellationToken);
            return opened;
        }
        catch (Exception exception)
        {
            var status = socket.HttpStatusCode;
            await opened.DisposeAsync();
            if (status is not default(HttpStatusCode) and not HttpStatusCode.SwitchingProtocols)
                throw new HubTurnedAwayException(status, exception);
            throw;
        }
    }

    /// <summary>Makes one call, as SignalR does it: refusals are HubExceptions, a broken connection is anything else.</summary>
    public async Task<T> InvokeAsync<T>(string method, object?[] arguments, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        try
        {
            // Waiting ends with the token even where SignalR's own does not.
            return await _connection.InvokeCoreAsync<T>(method, arguments, cancellationToken).WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _calls);
        }
    }

    /// <summary>Lets calls in flight come to their end, for a short while.</summary>
    public async Task FinishCallsAsync(TimeProvider time)
    {
        for (var waited = TimeSpan.Zero; Volatile.Read(ref _calls) > 0 && waited < GoodbyeTime; waited += GoodbyeTime / 20)
            await Task.Delay(GoodbyeTime / 20, time);
    }

    /// <summary>Says goodbye to a node that still listens.</summary>
    public async Task CloseAsync()
    {
        // Perhaps it does not listen; what follows needs no answer.
        await _connection.StopAsync().WaitAsync(GoodbyeTime).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        // First: nothing SignalR does while disposing may wait for a node that is not there.
        _socket.Abort();
        _gone.TrySetResult(TimeSpan.Zero);
        await _connection.DisposeAsync();
        _socket.Dispose();
    }

    private void Listen(IHubListener listener)
    {
        _connection.On<Frame>("Frame", frame => listener.OnFrame(this, frame));
        _connection.On<Gap>("Gap", gap => listener.OnGap(this, gap));
        _connection.On<SignalBatch>("Signal", listener.OnSignals);
    }

    private static Uri AddressOf(Uri node, string accessToken) => new UriBuilder(node)
    {
        Scheme = node.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs,
        Path = $"{node.AbsolutePath.TrimEnd('/')}/hub",
        Query = $"access_token={Uri.EscapeDataString(accessToken)}",
    }.Uri;
}
