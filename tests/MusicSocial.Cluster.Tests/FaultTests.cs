using MusicSocial.Faults;
using MusicSocial.Faults.Nemeses;
using MusicSocial.Faults.Rig;

namespace MusicSocial.Cluster.Tests;

/// <summary>A short run of the fault checker over real processes; docs/reliability.md says how to make long ones.</summary>
public sealed class FaultTests
{
    [Fact]
    public async Task A_hub_that_is_hurt_keeps_its_promises()
    {
        await using var cluster = await FaultCluster.StartAsync(nodes: 2);

        for (var seed = 1; seed <= 2; seed++)
        {
            var outcome = await new FaultRun(cluster, AllNemeses.List, seed, TimeSpan.FromSeconds(8)).RunAsync();

            Assert.True(outcome.Violations.Count == 0, FaultReport.ToMarkdown([outcome]));
            Assert.True(outcome.Acknowledged > 0, "Nobody wrote anything: nothing was tested.");
        }
    }
}
