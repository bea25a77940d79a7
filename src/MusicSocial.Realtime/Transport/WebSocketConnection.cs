using System.Buffers.Text;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Background;
using MusicSocial.Realtime.RateLimiting;

namespace MusicSocial.Realtime.Transport;

/// <summary>A WebSocket as SignalR's connection, without anything between it and the socket: no pipes, no loops, no hops between threads.</summary>
internal sealed class WebSocketConnection : ConnectionContext, IDuplexPipe, IFrameObserver, IConnectionIdFeature, IConnectionItemsFeature,
    IConnectionTransportFeature, IConnectionUserFeature, IConnectionHeartbeatFeature, IConnectionLifetimeFeature,
    IConnectionLifetimeNotificationFeature, IConnectionEndPointFeature, ITransferFormatFeature, IHttpContextFeature, IHttpTransportFeature
{
    private readonly CancellationTokenSource _end = new();
    private readonly CancellationTokenSource _closeRequest = new();
    private readonly WebSocketLimits _limits;
    private readonly HttpContext _http;
    private readonly FrameReader _reader;
    private readonly FrameWriter _writer;
    private (Action<object> Beat, object State)[] _beats = [];
    private IDictionary<object, object?>? _items;
    private LeakyBucket _frames;
    private long _receivedAt = WebSocketLimits.Network.GetTimestamp();
    private long _askedAt;
    private LeakyBucket _bytes;
    private CloseCode _code = CloseCode.Normal;
    private bool _isInHaste;
    private bool _isOver;

    public WebSocketConnection(HttpContext http, PipeReader input, IFrameSink way, WebSocketLimits limits)
    {
        (_http, _limits) = (http, limits);
        ConnectionId = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        Features = new ConnectionFeatures(this);
        _reader = new(input, this);
        _writer = new(way, this, WebSocketLimits.Network, _end);
        ConnectionClosed = _end.Token;
        User = http.User;
    }

    public override string ConnectionId { get; set; }

    public override IFeatureCollection Features { get; }

    public override IDictionary<object, object?> Items
    {
        get => _items ??= new ConnectionItems();
        set => _items = value;
    }

    public override IDuplexPipe Transport
    {
        get => this;
        set => throw new NotSupportedException("The way to the socket is the point of this connection.");
    }

    public PipeReader Input => _reader;

    public PipeWriter Output => _writer;

    public ClaimsPrincipal? User { get; set; }

    public HttpContext? HttpContext
    {
        get => _http;
        set => throw new NotSupportedException("A WebSocket has one request.");
    }

    public HttpTransportType TransportType => HttpTransportType.WebSockets;

    public TransferFormat SupportedFormats => TransferFormat.Text | TransferFormat.Binary;

    public TransferFormat ActiveFormat { get; set; } = TransferFormat.Text;

    public CancellationToken ConnectionClosedRequested
    {
        get => _closeRequest.Token;
        set => throw new NotSupportedException("Use RequestClose.");
    }

    /// <summary>When the client's token expires and the connection with it.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Asks the hub to end the connection politely.</summary>
    public void RequestClose() => _ = _closeRequest.CancelAsync();

    /// <summary>As <see cref="RequestClose"/>, but the client's close frame is not waited for long: the host stops.</summary>
    public void RequestCloseSoon()
    {
        Volatile.Write(ref _isInHaste, true);
        RequestClose();
    }

    /// <inheritdoc/>
    public void OnHeartbeat(Action<object> action, object state)
    {
        lock (_end)
            _beats = [.. _beats, (action, state)];
    }

    /// <summary>Once a second: lets SignalR ping and look at its timeouts, and looks at ours.</summary>
    public void Beat()
    {
        foreach (var (beat, state) in Volatile.Read(ref _beats))
            beat(state);
        if (ExpiresAt <= _limits.Time.GetUtcNow())
            RequestClose();
        if (_end.IsCancellationRequested || (!_writer.IsStalled(_limits.StallTimeout) && IsAlive()))
            return;
        _limits.Metrics.Aborted();
        Abort();
    }

    // SignalR asks only clients that have asked first; a client that vanished without closing is detected by this.
    private bool IsAlive()
    {
        var receivedAt = Volatile.Read(ref _receivedAt);
        if (WebSocketLimits.Network.GetElapsedTime(receivedAt) <= _limits.StallTimeout)
            return true;
        if (_askedAt <= receivedAt)
        {
            _askedAt = WebSocketLimits.Network.GetTimestamp();
            _writer.SendPing();
        }

        return WebSocketLimits.Network.GetElapsedTime(_askedAt) <= _limits.StallTimeout;
    }

    /// <summary>Aborts the connection without a close frame.</summary>
    public override void Abort()
    {
        // The web server may use the request's parts for another one later.
        if (Volatile.Read(ref _isOver))
            return;
        _ = _end.CancelAsync();
        _http.Abort();
    }

    /// <inheritdoc/>
    public override void Abort(ConnectionAbortedException abortReason) => Abort();

    /// <summary>Sends a close frame and waits a while for the client's; aborts the connection when that does not come.</summary>
    public async Task CloseAsync(bool hasFailed)
    {
        if (hasFailed && _code == CloseCode.Normal)
            _code = CloseCode.ServerFailed;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        patience.CancelAfter(_code == CloseCode.Normal && !Volatile.Read(ref _isInHaste) ? _limits.CloseTimeout : WebSocketLimits.ShortTimeout);
        try
        {
            await _writer.SendCloseAsync(_code).WaitAsync(patience.Token);
            await _reader.DrainAsync(patience.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ConnectionAbortedException)
        {
            // It does not read, does not answer or is gone.
            Abort();
        }

        Volatile.Write(ref _isOver, true);
    }

    void IFrameObserver.OnFrame(long bytes)
    {
        var (now, second) = (WebSocketLimits.Network.GetTimestamp(), WebSocketLimits.Network.TimestampFrequency);
        Volatile.Write(ref _receivedAt, now);
        if (_frames.TryTake(1, _limits.FramesPerSecond, _limits.FrameBurst, now, second, out _)
            && _bytes.TryTake(bytes, _limits.BytesPerSecond, _limits.ByteBurst, now, second, out _))
            return;
        _limits.Metrics.Flooded();
        throw new FrameViolationException(CloseCode.TooMuch);
    }

    void IFrameObserver.OnPing(ReadOnlySpan<byte> payload) => _writer.SendPong(payload);

    void IFrameObserver.OnViolation(CloseCode code) => _code = code;
}

/// <summary>Every connection of this transport on this node; <see cref="BeatAsync"/> looks after them once a second.</summary>
internal sealed class WebSocketConnections : IHeartbeat
{
    private readonly ConcurrentDictionary<WebSocketConnection, bool> _connections = new(ReferenceEqualityComparer.Instance);

    public int Count => _connections.Count;

    public void Add(WebSocketConnection connection) => _connections[connection] = true;

    public void Remove(WebSocketConnection connection) => _connections.TryRemove(connection, out _);

    /// <summary>Asks every hub connection to end politely: the host stops.</summary>
    public void RequestClose()
    {
        foreach (var (connection, _) in _connections)
            connection.RequestCloseSoon();
    }

    public ValueTask BeatAsync(CancellationToken cancellationToken) => _connections.VisitAsync(static one => one.Key.Beat());
}

/// <summary>Limits, clocks and metrics of every connection of this transport.</summary>
internal sealed class WebSocketLimits(
    IOptions<RealtimeOptions> options, HttpConnectionDispatcherOptions endpoint, TimeProvider time, RealtimeMetrics metrics)
{
    /// <summary>How long a client that broke the protocol, or any client when the host stops, is read from after the close frame, so that it can receive it.</summary>
    public static readonly TimeSpan ShortTimeout = TimeSpan.FromSeconds(1);

    /// <summary>The network's own time, as in SignalR's timeouts: a jump of the hub's clock makes no client look silent.</summary>
    public static TimeProvider Network => TimeProvider.System;

    /// <summary>The hub's time, by which tokens expire.</summary>
    public TimeProvider Time { get; } = time;

    public RealtimeMetrics Metrics { get; } = metrics;

    public TimeSpan CloseTimeout { get; } = endpoint.WebSockets.CloseTimeout;

    public bool EndsWithToken { get; } = endpoint.CloseOnAuthenticationExpiration;

    public TimeSpan StallTimeout { get; } = options.Value.StallTimeout;

    public int FramesPerSecond { get; } = options.Value.ReceivedFramesPerSecond;

    public int FrameBurst { get; } = options.Value.ReceivedFrameBurst;

    public int BytesPerSecond { get; } = options.Value.ReceivedBytesPerSecond;

    public int ByteBurst { get; } = options.Value.ReceivedByteBurst;

    public int SendBuffer { get; } = options.Value.SendBuffer;
}
