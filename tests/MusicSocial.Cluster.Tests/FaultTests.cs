using MusicSocial.Faults;
using MusicSocial.Faults.Measures;
using MusicSocial.Faults.Nemeses;
using MusicSocial.Faults.Rig;

namespace MusicSocial.Cluster.Tests;

/// <summary>A short run of the fault checker over real processes; docs/reliability.md says how to make long ones.</summary>
public sealed class FaultTests
{
    [Fact(Timeout = 300_000)]
    public async Task A_hub_that_is_hurt_keeps_its_promises()
    {
        await using var cluster = await FaultCluster.StartAsync(nodes: 2);

        for (var seed = 1; seed <= 2; seed++)
        {
            var outcome = await new FaultRun(cluster, AllNemeses.List, seed, TimeSpan.FromSeconds(8)).RunAsync();

            Assert.True(outcome.Violations.Count == 0, FaultReport.ToMarkdown([outcome]));
            Assert.True(outcome.Acknowledged > 0, "No comment was written: nothing was tested.");
        }
    }

    [Fact]
    public async Task A_replica_that_was_promoted_is_the_primary_after_a_restart_too()
    {
        await using var cluster = await FaultCluster.StartAsync(nodes: 0);

        await cluster.FailOverAsync();
        await cluster.Redis.KillAsync();
        await cluster.Redis.StartAgainAsync();

        Assert.Contains("role:master", (string?)await cluster.Redis.CommandAsync("INFO", "replication"), StringComparison.Ordinal);
    }

    [Fact(Timeout = 300_000)]
    public async Task A_rolling_restart_loses_nothing()
    {
        await using var cluster = await FaultCluster.StartAsync(nodes: 2);
        await using var visitor = cluster.NewClient();
        await visitor.Accounts.SignInAsGuestAsync("Visitor");
        var song = (await visitor.Catalog.ListAsync()).Items[0];

        var rolled = await RollingRestart.RunAsync(cluster, song.Id, listeners: 40);

        Assert.Equal(0, rolled.Missed);
        Assert.True(rolled.Written > 0, "No comment was written: nothing was tested.");
        // Each had to move at least once: every node was stopped.
        Assert.True(rolled.AbsencesMs.Length >= 40, $"Only {rolled.AbsencesMs.Length} of 40 listeners moved.");
        Assert.All(rolled.Stops, stop => Assert.True(stop < TimeSpan.FromSeconds(30), $"A node took {stop} to end."));
    }
}
