using System.Buffers.Text;
using System.IO.Pipelines;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
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
    private long _heardAt = WebSocketLimits.Network.GetTimestamp();
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

    /// <summary>As <see cref="RequestClose"/>, but the client's goodbye is not waited for long: the host stops.</summary>
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
        if (_end.IsCancellationRequested || (!_writer.IsStalled(_limits.StallTimeout) && IsThere()))
            return;
        _limits.Metrics.Aborted();
        Abort();
    }

    // SignalR asks only clients that have asked first; whoever vanished without closing is found out like this.
    private bool IsThere()
    {
        var heardAt = Volatile.Read(ref _heardAt);
        if (WebSocketLimits.Network.GetElapsedTime(heardAt) <= _limits.StallTimeout)
            return true;
        if (_askedAt <= heardAt)
        {
            _askedAt = WebSocketLimits.Network.GetTimestamp();
            _writer.SendPing();
        }

        return WebSocketLimits.Network.GetElapsedTime(_askedAt) <= _limits.StallTimeout;
    }

    /// <summary>Cuts the connection without a word.</summary>
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

    /// <summary>Says goodbye and waits a while for the client's; cuts the connection when that does not come.</summary>
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
        Volatile.Write(ref _heardAt, now);
        if (_frames.TryTake(1, _limits.FramesPerSecond, _limits.FrameBurst, now, second, out _)
            && _bytes.TryTake(bytes, _limits.BytesPerSecond, _limits.ByteBurst, now, second, out _))
            return;
        _limits.Metrics.Flooded();
        throw new FrameViolationException(CloseCode.TooMuch);
    }

    void IFrameObserver.OnPing(ReadOnlySpan<byte> payload) => _writer.SendPong(payload);

    void IFrameObserver.OnViolation(CloseCode code) => _code = code;
}
