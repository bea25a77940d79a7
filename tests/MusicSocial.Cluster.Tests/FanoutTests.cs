using MusicSocial.Load.Fanout;
using MusicSocial.Load.Generator;

namespace MusicSocial.Cluster.Tests;

/// <summary>A short run of the load tool against a hub process: what listeners get, never how fast. docs/performance says how to make long ones.</summary>
public sealed class FanoutTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(1, 60, 50)]
    [InlineData(20, 3, 100)]
    public async Task Every_listener_is_told_of_every_event_once_and_in_order(int topics, int seats, double perSecond)
    {
        await using var server = await MeasuredServer.HubAsync();
        using var crowd = Delivering.Gather(server, topics, seats);

        var reading = await Delivering.MeasureAsync(Short(server, crowd, perSecond));

        Assert.Empty(reading.Violations);
        Assert.True(crowd.Findings.Deliveries > 0, "Nothing was delivered: nothing was tested.");
    }

    [Fact]
    public async Task Listeners_who_lose_their_connections_are_told_exactly_what_they_missed()
    {
        await using var server = await MeasuredServer.HubAsync();
        using var crowd = Delivering.Gather(server, topics: 2, seats: 20);
        var trial = Short(server, crowd, perSecond: 50);
        crowd.BeginCounting();

        Delivering.Speak(trial, TimeSpan.FromSeconds(0.5));
        foreach (var listener in crowd.Listeners.Skip(2))
            crowd.Cut(listener);
        Delivering.Speak(trial, TimeSpan.FromSeconds(0.5));
        crowd.Arrive(atOnce: 40, Patience);
        Delivering.Speak(trial, TimeSpan.FromSeconds(0.5));

        Assert.Equal(38, crowd.Findings.Recovered);
        Assert.Empty(Verdict.Of(crowd));
    }

    private static Trial Short(MeasuredServer server, Crowd crowd, double perSecond) =>
        new("short", server, crowd, perSecond) { WarmUp = TimeSpan.FromSeconds(0.2), Span = TimeSpan.FromSeconds(1.5), Patience = Patience };
}
