using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Tests.Rig;
using MusicSocial.TestRig;

namespace MusicSocial.Realtime.Tests.Cluster;

public sealed class BoundedCacheTests
{
    [Fact]
    public async Task It_keeps_no_more_than_its_capacity_and_not_nothing()
    {
        using var cache = new BoundedCache<string, int>(100);
        for (var i = 0; i < 1_000; i++)
            cache.Set($"{i}", i);

        await Eventually.Holds(() => cache.Count is > 0 and <= 100, "bounded");
    }

    [Fact]
    public void A_value_that_was_invalidated_while_it_was_read_is_not_kept()
    {
        using var cache = new BoundedCache<string, int>(100);
        var version = cache.Version;
        cache.Remove("a");

        Assert.False(cache.TrySet("a", 1, version));
        Assert.False(cache.TryGet("a", out _));
        Assert.True(cache.TrySet("a", 2, cache.Version));
        Assert.True(cache.TryGet("a", out var kept));
        Assert.Equal(2, kept);
    }

    [Fact]
    public void Clear_drops_everything_and_what_is_being_read()
    {
        using var cache = new BoundedCache<string, int>(100);
        cache.Set("a", 1);
        var version = cache.Version;
        cache.Clear();

        Assert.False(cache.TrySet("b", 1, version));
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void An_entry_ends_with_its_lifetime()
    {
        var time = new ManualTime();
        using var cache = new BoundedCache<string, int>(100, TimeSpan.FromSeconds(10), time);
        cache.Set("a", 1);
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.True(cache.TryGet("a", out _));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(cache.TryGet("a", out _));
    }
}
