using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Tests.Rig;

namespace MusicSocial.Realtime.Tests.Cluster;

public sealed class InProcessTopicLogSpecification : TopicLogSpecification
{
    private readonly TestNode _node = new(options => options.RetainedEvents = Kept);

    protected override ITopicLog Log => _node.Get<ITopicLog>();
}

public sealed class InProcessTopicBusSpecification : TopicBusSpecification
{
    private readonly TestNode _node = new();

    protected override ITopicLog Log => _node.Get<ITopicLog>();

    protected override ITopicBus Bus => _node.Get<ITopicBus>();
}

public sealed class InProcessRevisionedStateSpecification : RevisionedStateSpecification
{
    private readonly TestNode _node = new();

    protected override IRevisionedState State => _node.Get<IRevisionedState>();

    protected override ITopicLog Log => _node.Get<ITopicLog>();

    protected override ITopicBus Bus => _node.Get<ITopicBus>();
}

public sealed class InProcessPresenceSpecification : PresenceSpecification
{
    private readonly TestNode _node = new();

    protected override IPresence Presence => _node.Get<IPresence>();

    protected override TimeSpan Lease => new RealtimeOptions().PresenceLease;

    protected override async Task PassAsync(TimeSpan span)
    {
        _node.Time.Advance(span);
        await _node.MaintainAsync();
    }
}

public sealed class InProcessRateLimitStoreSpecification : RateLimitStoreSpecification
{
    private readonly TestNode _node = new();

    protected override IRateLimitStore Limits => _node.Get<IRateLimitStore>();

    protected override Task PassAsync(TimeSpan span)
    {
        _node.Time.Advance(span);
        return Task.CompletedTask;
    }
}

public sealed class ProcessClockSpecification : HubClockSpecification
{
    private readonly ProcessClock _clock = new(TimeProvider.System);

    protected override IHubClock Clock => _clock;

    protected override TimeSpan Tolerance => TimeSpan.Zero;

    protected override Task<HubTime> ReadReferenceAsync() => Task.FromResult(_clock.Now);
}
