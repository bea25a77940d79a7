using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Cluster;

namespace MusicSocial.Realtime.Tests.Hubs;

/// <summary>Two nodes that share the seams of one process.</summary>
internal static class SharedSeams
{
    public static Task<(PlainNode Here, PlainNode There)> StartAsync()
    {
        var time = TimeProvider.System;
        var bus = new InProcessTopicBus();
        var log = new InProcessTopicLog(bus, new ProcessClock(time), Options.Create(new RealtimeOptions()));
        return Task.FromResult((new PlainNode(Scale), new PlainNode(Scale)));

        void Scale(IServiceCollection services)
        {
            services.AddSingleton<ITopicBus>(bus);
            services.AddSingleton<ITopicLog>(log);
            services.AddRealtime(options => options.NodeTimeout = TimeSpan.FromSeconds(2));
            services.AddBackplaneHub<PlainHub>();
        }
    }
}

public sealed class SharedSeamsHubSpecification : PlainHubSpecification
{
    internal override Task<(PlainNode Here, PlainNode There)> StartAsync() => SharedSeams.StartAsync();
}

public sealed class SharedSeamsClientResultSpecification : ClientResultSpecification
{
    internal override Task<(PlainNode Here, PlainNode There)> StartAsync() => SharedSeams.StartAsync();
}

/// <summary>SignalR as it comes, on one node: the specification asks nothing it does not do.</summary>
public sealed class StockHubSpecification : PlainHubSpecification
{
    internal override Task<(PlainNode Here, PlainNode There)> StartAsync()
    {
        var node = new PlainNode(_ => { });
        return Task.FromResult((node, node));
    }
}

public sealed class StockClientResultSpecification : ClientResultSpecification
{
    internal override Task<(PlainNode Here, PlainNode There)> StartAsync()
    {
        var node = new PlainNode(_ => { });
        return Task.FromResult((node, node));
    }
}
