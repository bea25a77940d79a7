using Microsoft.AspNetCore.Http.Connections;
using Microsoft.Extensions.Options;

namespace MusicSocial.Realtime.Transport;

/// <summary>What every connection of our own transport is measured with.</summary>
internal sealed class WebSocketLimits(
    IOptions<RealtimeOptions> options, HttpConnectionDispatcherOptions endpoint, TimeProvider time, RealtimeMetrics metrics)
{
    /// <summary>How long somebody who broke the protocol, or anybody when the host stops, is listened to after the goodbye, so that it can be read.</summary>
    public static readonly TimeSpan ShortTimeout = TimeSpan.FromSeconds(1);

    /// <summary>The network's own time, as in SignalR's timeouts: however the hub's clock jumps, nobody was silent meanwhile.</summary>
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
