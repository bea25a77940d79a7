using System.Diagnostics.Metrics;

namespace MusicSocial.Realtime;

/// <summary>What the live machinery counts, under the meter <see cref="MeterName"/>.</summary>
public sealed class RealtimeMetrics
{
    /// <summary>Name to subscribe to when exporting.</summary>
    public const string MeterName = "MusicSocial.Realtime";

    private readonly Counter<long> _frames;
    private readonly Histogram<int> _eventsPerFrame;
    private readonly Counter<long> _skips;
    private readonly Counter<long> _gaps;
    private readonly Counter<long> _aborts;
    private readonly Counter<long> _follows;
    private readonly UpDownCounter<int> _connections;
    private readonly UpDownCounter<int> _topics;
    private readonly Counter<long> _outages;
    private readonly Counter<long> _backFills;
    private readonly UpDownCounter<int> _unsent;
    private readonly Counter<long> _floods;

    /// <summary>Creates the instruments.</summary>
    public RealtimeMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _frames = meter.CreateCounter<long>("musicsocial.frames", "{frame}", "Frames built; each is sent to any number of followers.");
        _eventsPerFrame = meter.CreateHistogram<int>("musicsocial.frame.events", "{event}", "Events per frame built.");
        _skips = meter.CreateCounter<long>("musicsocial.follower.skips", "{skip}", "Ticks at which a follower still had a write in flight.");
        _gaps = meter.CreateCounter<long>("musicsocial.follower.gaps", "{gap}", "Followers that fell out of the ring.");
        _aborts = meter.CreateCounter<long>("musicsocial.connection.aborts", "{connection}", "Connections aborted because they did not read.");
        _follows = meter.CreateCounter<long>("musicsocial.follows", "{follow}", "Follows answered, by whether they were recovered.");
        _connections = meter.CreateUpDownCounter<int>("musicsocial.connections", "{connection}", "Hub connections of this node.");
        _topics = meter.CreateUpDownCounter<int>("musicsocial.topics", "{topic}", "Topics subscribed on this node.");
        _outages = meter.CreateCounter<long>("musicsocial.backplane.outages", "{outage}", "Times the backplane went away.");
        _backFills = meter.CreateCounter<long>("musicsocial.backplane.backfills", "{event}", "Events read from the log because they were not heard.");
        _unsent = meter.CreateUpDownCounter<int>("musicsocial.backplane.unsent", "{event}", "Events this node keeps until the backplane is back.");
        _floods = meter.CreateCounter<long>("musicsocial.connection.floods", "{connection}", "Connections closed because they sent too much.");
    }

    internal void ConnectionOpened() => _connections.Add(1);

    internal void ConnectionClosed() => _connections.Add(-1);

    internal void TopicOpened() => _topics.Add(1);

    internal void TopicClosed() => _topics.Add(-1);

    internal void BackplaneWentAway() => _outages.Add(1);

    internal void BackFilled(int events) => _backFills.Add(events);

    internal void Unsent(int events) => _unsent.Add(events);

    internal void FrameBuilt(int events)
    {
        _frames.Add(1);
        _eventsPerFrame.Record(events);
    }

    internal void Flooded() => _floods.Add(1);

    internal void Skipped() => _skips.Add(1);

    internal void Gapped() => _gaps.Add(1);

    internal void Aborted() => _aborts.Add(1);

    internal void Followed(bool recovered) => _follows.Add(1, new KeyValuePair<string, object?>("recovered", recovered));
}
