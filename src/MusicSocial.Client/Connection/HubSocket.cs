using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MusicSocial.Client.Connection;

/// <summary>One connection to one node, used once.</summary>
internal sealed class HubSocket : IAsyncDisposable
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);

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

    /// <summary>Completes when the connection broke (zero), or when the node drains and named a time to come back after.</summary>
    public Task<TimeSpan> Gone => _gone.Task;

    /// <summary>Connects to a node.</summary>
    /// <exception cref="HandshakeRejectedException">The node answered with something other than a connection.</exception>
    public static async Task<HubSocket> OpenAsync(
        Uri node, string accessToken, MusicSocialClientOptions options, IHubListener listener, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.KeepAliveInterval = options.KeepAliveInterval;
        socket.Options.KeepAliveTimeout = options.KeepAliveTimeout;
        // Without negotiation: a round trip less, and no sticky sessions needed.
        var builder = new HubConnectionBuilder().WithUrl(AddressOf(node, accessToken), HttpTransportType.WebSockets, http =>
        {
            http.SkipNegotiation = true;
            http.WebSocketFactory = async (context, token) =>
            {
                await socket.ConnectAsync(context.Uri, token);
                return socket;
            };
        });
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
                throw new HandshakeRejectedException(status, exception);
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

    /// <summary>Waits for calls in flight, for a short while.</summary>
    public async Task FinishCallsAsync(TimeProvider time)
    {
        for (var waited = TimeSpan.Zero; Volatile.Read(ref _calls) > 0 && waited < CloseTimeout; waited += CloseTimeout / 20)
            await Task.Delay(CloseTimeout / 20, time);
    }

    /// <summary>Closes in good order: the node may still answer.</summary>
    public async Task CloseAsync()
    {
        // It may not answer; disposing does not wait for it.
        await _connection.StopAsync().WaitAsync(CloseTimeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
        Path = $"{node.AbsolutePath.TrimEnd('/')}/hub",
        Query = $"access_token={Uri.EscapeDataString(accessToken)}",
    }.Uri;
}

/// <summary>Receives what nodes push. Calls come from the connection's reading loop and must not wait.</summary>
internal interface IHubListener
{
    /// <summary>A new connection is open; nothing is followed on it yet.</summary>
    void OnOpened(HubSocket socket);

    void OnFrame(HubSocket socket, Frame frame);

    void OnGap(HubSocket socket, Gap gap);

    void OnSignals(SignalBatch batch);
}

/// <summary>A node answered the WebSocket handshake with a status: the token is not valid, or the node drains.</summary>
internal sealed class HandshakeRejectedException(HttpStatusCode status, Exception innerException)
    : IOException($"The node answered {(int)status}.", innerException)
{
    public bool WantsNewToken => status == HttpStatusCode.Unauthorized;
}
