using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MusicSocial.Realtime.Tests;

public sealed class RealtimeOptionsTests
{
    public static TheoryData<string, Action<RealtimeOptions>> Nonsense => new()
    {
        { "no topics", options => options.TopicsPerConnection = 0 },
        { "no events", options => options.RetainedEvents = 0 },
        { "no lease", options => options.PresenceLease = TimeSpan.Zero },
        { "time running backwards", options => options.BusyInterval = TimeSpan.FromMilliseconds(-1) },
        { "a tick of a minute", options => options.BusyInterval = TimeSpan.FromMinutes(1) },
        { "topics forgotten before their keys", options => options.IdleTopicLifetime = TimeSpan.FromMinutes(5) },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task Options_that_make_no_sense_stop_the_start(string what, Action<RealtimeOptions> configure)
    {
        _ = what;
        using var host = Build(configure);
        await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
    }

    [Fact]
    public async Task The_defaults_make_sense()
    {
        using var host = Build(null);
        await host.StartAsync();
        await host.StopAsync();
    }

    [Fact]
    public void Adding_twice_is_adding_once()
    {
        var services = new ServiceCollection();
        services.AddRealtime();
        var once = services.Select(service => service.ServiceType).Where(Ours).ToArray();
        services.AddRealtime();

        Assert.Equal(once, services.Select(service => service.ServiceType).Where(Ours));
    }

    private static bool Ours(Type type) => type.Assembly == typeof(RealtimeOptions).Assembly;

    private static IHost Build(Action<RealtimeOptions>? configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddRealtime(configure);
        return builder.Build();
    }
}
