using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Tests.Cluster;
using MusicSocial.Realtime.Tests.Rig;

namespace MusicSocial.Realtime.Tests.Redis.Topics;

public sealed class RedisTopicLogSpecification : TopicLogSpecification, IAsyncLifetime
{
    private readonly NodePair _nodes = new(options => options.RetainedEvents = Kept);

    protected override ITopicLog Log => _nodes.One.Get<ITopicLog>();

    protected override ITopicLog OtherLog => _nodes.Other.Get<ITopicLog>();

    public Task InitializeAsync() => _nodes.StartAsync();

    public Task DisposeAsync() => _nodes.DisposeAsync().AsTask();
}

public sealed class RedisTopicBusSpecification : TopicBusSpecification, IAsyncLifetime
{
    private readonly NodePair _nodes = new();

    protected override ITopicLog Log => _nodes.One.Get<ITopicLog>();

    protected override ITopicBus Bus => _nodes.One.Get<ITopicBus>();

    protected override ITopicBus OtherBus => _nodes.Other.Get<ITopicBus>();

    public Task InitializeAsync() => _nodes.StartAsync();

    public Task DisposeAsync() => _nodes.DisposeAsync().AsTask();
}

public sealed class RedisRevisionedStateSpecification : RevisionedStateSpecification, IAsyncLifetime
{
    private readonly NodePair _nodes = new();

    protected override IRevisionedState State => _nodes.One.Get<IRevisionedState>();

    protected override IRevisionedState OtherState => _nodes.Other.Get<IRevisionedState>();

    protected override ITopicLog Log => _nodes.One.Get<ITopicLog>();

    protected override ITopicBus Bus => _nodes.One.Get<ITopicBus>();

    public Task InitializeAsync() => _nodes.StartAsync();

    public Task DisposeAsync() => _nodes.DisposeAsync().AsTask();
}
