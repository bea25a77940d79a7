using MusicSocial.Realtime.Clock;

namespace MusicSocial.Realtime.Tests.Cluster;

/// <summary>What every hub clock promises.</summary>
public abstract class HubClockSpecification
{
    protected abstract IHubClock Clock { get; }

    /// <summary>What the clock is aligned to.</summary>
    protected abstract Task<HubTime> ReadReferenceAsync();

    /// <summary>How far clock and reference may stand apart.</summary>
    protected abstract TimeSpan Tolerance { get; }

    [Fact]
    public void It_never_goes_back()
    {
        var last = Clock.Now;
        for (var i = 0; i < 100_000; i++)
        {
            var now = Clock.Now;
            Assert.True(now >= last);
            last = now;
        }
    }

    [Fact]
    public async Task It_agrees_with_its_reference()
    {
        var before = Clock.Now;
        var reference = await ReadReferenceAsync();
        var after = Clock.Now;

        Assert.True(reference >= before - Tolerance && reference <= after + Tolerance, $"{before} {reference} {after}");
    }

    [Fact]
    public void It_counts_from_the_Unix_epoch()
    {
        var apart = Clock.Now.Ms - TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.InRange(apart, -60_000, 60_000);
    }
}
