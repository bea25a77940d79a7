using System.ComponentModel.DataAnnotations;

namespace MusicSocial.Realtime;

/// <summary>Bounds of the live machinery; the defaults suit one node of a busy hub. Checked at start.</summary>
public sealed class RealtimeOptions
{
    /// <summary>A busy topic is flushed at most this often; a quiet one at once. 50 ms is below what people notice in a chat.</summary>
    public TimeSpan BusyInterval { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Frames a node writes a second for one busy topic; a topic with more followers than that per <see cref="BusyInterval"/> is flushed every 100, 250, 500
    /// or 1,000 ms. The default is what one core writes: 5,000 followers are served every 50 ms, 100,000 every second.
    /// </summary>
    [Range(1, 100_000_000)]
    public int DeliveriesPerSecond { get; set; } = 100_000;

    /// <summary>Events of people that are shown a second when more are posted in a topic; the rest is counted, and kept in history. 20 comments a second is more than a person reads.</summary>
    [Range(1, 1_000_000)]
    public int ReadablePerSecond { get; set; } = 20;

    /// <summary>Such events shown at once after a pause, before the sampling begins.</summary>
    [Range(1, 1_000_000)]
    public int ReadableBurst { get; set; } = 100;

    /// <summary>How long a topic without followers stays subscribed, so that a reload costs nothing.</summary>
    public TimeSpan Linger { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A follower whose answer was not written this long after it was made is dropped.</summary>
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A connection that does not take one message for this long is aborted.</summary>
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Topics one connection may follow at a time.</summary>
    [Range(1, 10_000)]
    public int TopicsPerConnection { get; set; } = 200;

    /// <summary>Events kept per topic, for slow followers and for resuming.</summary>
    [Range(1, 1_000_000)]
    public int RetainedEvents { get; set; } = 1_000;

    /// <summary>Bytes of event payload kept per topic; whichever of the two bounds is reached first counts.</summary>
    [Range(1_024, 1 << 30)]
    public int RetainedBytes { get; set; } = 4 << 20;

    /// <summary>Largest serialised payload of one event or signal, in bytes.</summary>
    [Range(64, 1 << 24)]
    public int EventBytes { get; set; } = 64 << 10;

    /// <summary>A merged frame is closed after about this many bytes of payload; the rest follows in the next one.</summary>
    [Range(64, 1 << 24)]
    public int FrameBytes { get; set; } = 256 << 10;

    /// <summary>In-process: a topic without appends, reads and followers for this long is forgotten; it comes back under a new epoch.</summary>
    public TimeSpan IdleTopicLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long an idempotency key is remembered.</summary>
    public TimeSpan IdempotencyWindow { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>In-process: a live document that was neither read nor written for this long is dropped; its owner seeds it again.</summary>
    public TimeSpan IdleStateLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a presence lease lasts unless it is renewed. Leases of connected connections are renewed by their node.</summary>
    public TimeSpan PresenceLease { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Between nodes: how long a node speaks for the people on it without renewing. A killed node's people are gone after it; a quarter of it is
    /// how often a node renews.
    /// </summary>
    public TimeSpan NodeLease { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>A node that stops asks its clients to leave over at most this long, so that they do not arrive elsewhere all at once.</summary>
    public TimeSpan DrainSpread { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Clients that are still there this long after they were asked to leave are cut off.</summary>
    public TimeSpan DrainPatience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long plain SignalR waits for the node that has a connection to speak up: after it the connection does not exist. Also how often that
    /// node must confirm that it still waits for a client's result.
    /// </summary>
    public TimeSpan NodeTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>WebSocket frames one connection may send a second, sustained; faster ones are closed (1008). Only without negotiation.</summary>
    [Range(1, 1_000_000)]
    public int ReceivedFramesPerSecond { get; set; } = 500;

    /// <summary>Frames that may come at once after a pause.</summary>
    [Range(1, 1_000_000)]
    public int ReceivedFrameBurst { get; set; } = 5_000;

    /// <summary>Bytes one connection may send a second, sustained, counted with their frames and before anything is parsed.</summary>
    [Range(1_024, 1 << 30)]
    public int ReceivedBytesPerSecond { get; set; } = 1 << 20;

    /// <summary>Bytes that may come at once after a pause.</summary>
    [Range(1_024, 1 << 30)]
    public int ReceivedByteBurst { get; set; } = 8 << 20;

    /// <summary>
    /// Kernel buffer of one connection for what is on its way to the client, in bytes (the kernel takes about twice that). Bounds what a client that does not
    /// read keeps alive, and what is sent stale when it reads again; 64 KiB carry 5 Mbit/s to the other side of the world.
    /// </summary>
    [Range(4_096, 1 << 24)]
    public int SendBuffer { get; set; } = 64 << 10;

    internal bool HasSaneDurations() =>
        new[]
            {
                DrainSpread, DrainPatience, Linger, AnswerTimeout, StallTimeout, IdleTopicLifetime, IdempotencyWindow, IdleStateLifetime,
                PresenceLease, NodeLease, NodeTimeout,
            }
            .All(span => span > TimeSpan.Zero)
        && BusyInterval >= TimeSpan.Zero
        && BusyInterval <= TimeSpan.FromSeconds(10);

    /// <summary>A topic forgotten before its keys would accept a repeated append as new.</summary>
    internal bool KeepsTopicsLongerThanKeys() => IdleTopicLifetime >= IdempotencyWindow;
}
