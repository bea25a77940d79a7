using MusicSocial.Realtime.Cluster;

namespace MusicSocial.Realtime.Tests.Cluster;

/// <summary>What every shared limit promises.</summary>
public abstract class RateLimitStoreSpecification
{
    private readonly string _name = $"guess {Guid.CreateVersion7():n} {{odd}}";

    protected abstract IRateLimitStore Limits { get; }

    /// <summary>The same limits as another node sees them.</summary>
    protected virtual IRateLimitStore OtherLimits => Limits;

    /// <summary>Lets time pass.</summary>
    protected abstract Task PassAsync(TimeSpan span);

    [Fact]
    public async Task A_burst_passes_over_all_nodes_together_and_the_next_learns_when_to_return()
    {
        Assert.Null(await TakeAsync(Limits));
        Assert.Null(await TakeAsync(OtherLimits));
        Assert.Null(await TakeAsync(Limits));
        Assert.Null(await TakeAsync(OtherLimits));

        foreach (var limits in new[] { Limits, OtherLimits })
        {
            var wait = await TakeAsync(limits);
            Assert.NotNull(wait);
            Assert.InRange(wait.Value, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(2));
        }
    }

    [Fact]
    public async Task Whoever_waits_as_told_passes()
    {
        for (var i = 0; i < 4; i++)
            await TakeAsync(OtherLimits);
        var wait = await TakeAsync(Limits);

        await PassAsync(wait!.Value + TimeSpan.FromMilliseconds(20));

        Assert.Null(await TakeAsync(Limits));
    }

    [Fact]
    public async Task Callers_are_apart_and_what_is_forgotten_counts_no_more()
    {
        for (var i = 0; i < 5; i++)
            await TakeAsync(Limits);

        Assert.Null(await Limits.TakeAsync(_name + " another", 0.5, 4, default));
        Assert.NotNull(await TakeAsync(Limits));
        await Limits.ForgetAsync(_name, default);
        Assert.Null(await TakeAsync(Limits));
        Assert.Null(await TakeAsync(OtherLimits));
    }

    [Fact]
    public async Task However_many_ask_at_once_no_more_than_the_burst_pass()
    {
        var passed = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => TakeAsync(i % 2 == 0 ? Limits : OtherLimits)));

        // A slow machine may have earned one more meanwhile.
        Assert.InRange(passed.Count(wait => wait is null), 4, 6);
    }

    private Task<TimeSpan?> TakeAsync(IRateLimitStore limits) => limits.TakeAsync(_name, 0.5, 4, default).AsTask();
}
