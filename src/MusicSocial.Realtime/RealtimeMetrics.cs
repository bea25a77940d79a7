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
    private readonly Counter<long> _shown;
    private readonly Counter<long> _covered;
    private readonly Histogram<double> _flushes;
    private readonly Histogram<double> _lags;
    private readonly Counter<long> _overruns;
    private readonly Counter<long> _refusals;

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
        _backFills = meter.CreateCounter<long>("musicsocial.backplane.backfills", "{event}", "Events read from the log because they did not arrive on the bus.");
        _unsent = meter.CreateUpDownCounter<int>("musicsocial.backplane.unsent", "{event}", "Events this node keeps until the backplane is back.");
        _shown = meter.CreateCounter<long>("musicsocial.frame.shown", "{event}", "Events included in frames built.");
        _covered = meter.CreateCounter<long>("musicsocial.frame.covered", "{event}", "Events covered by frames built; more than shown when topics are sampled.");
        _flushes = meter.CreateHistogram<double>("musicsocial.flush.duration", "ms", "Time to cut a topic's frames and write them to all its followers.");
        _overruns = meter.CreateCounter<long>("musicsocial.flush.overruns", "{flush}", "Flushes that took longer than their topic's interval.");
        _lags = meter.CreateHistogram<double>("musicsocial.flush.lag", "ms", "From the first event received to the last follower's write.");
        _refusals = meter.CreateCounter<long>("musicsocial.limiter.refusals", "{call}", "Calls refused by a limiter, by which.");
        _floods = meter.CreateCounter<long>("musicsocial.connection.floods", "{connection}", "Connections closed because they sent too much.");
    }

    internal void ConnectionOpened() => _connections.Add(1);

    internal void ConnectionClosed() => _connections.Add(-1);

    internal void TopicOpened() => _topics.Add(1);

    internal void TopicClosed() => _topics.Add(-1);

    internal void BackplaneWentAway() => _outages.Add(1);

    internal void BackFilled(int events) => _backFills.Add(events);

    internal void Unsent(int events) => _unsent.Add(events);

    /// <summary>A limiter of the application refused a call.</summary>
    /// <param name="limiter">Which one, of a small fixed set.</param>
    public void Refused(string limiter) => _refusals.Add(1, new KeyValuePair<string, object?>("limiter", limiter));

    internal void FrameBuilt(int shown, long covered)
    {
        _frames.Add(1);
        _eventsPerFrame.Record(shown);
        _shown.Add(shown);
        _covered.Add(covered);
    }

    internal void Flushed(TimeSpan took, bool isOverrun)
    {
        _flushes.Record(took.TotalMilliseconds);
        if (isOverrun)
            _overruns.Add(1);
    }

    internal void Lagged(TimeSpan lag) => _lags.Record(lag.TotalMilliseconds);

    internal void Flooded() => _floods.Add(1);

    internal void Skipped(int followers)
    {
        if (followers > 0)
            _skips.Add(followers);
    }

    internal void Gapped() => _gaps.Add(1);

    internal void Aborted() => _aborts.Add(1);

    internal void Followed(bool recovered) => _follows.Add(1, new KeyValuePair<string, object?>("recovered", recovered));
}
