using System.Text.Json;

namespace MusicSocial.Server.Tests.Hosting;

/// <summary>docs/adr/0016-runtime-of-a-hub.md: what the product is built with, beside it.</summary>
public sealed class HubRuntimeTests
{
    [Fact]
    public void The_hub_runs_as_its_ADR_says()
    {
        using var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "MusicSocial.Server.runtimeconfig.json")));
        var settings = config.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties");

        Assert.Equal(0, settings.GetProperty("System.Runtime.TieredCompilation.CallCountingDelayMs").GetInt32());
        Assert.Equal(0, settings.GetProperty("System.Threading.ThreadPool.UnfairSemaphoreSpinLimit").GetInt32());
        Assert.Equal(2 * 1024 * 1024, settings.GetProperty("System.GC.Gen0MaxBudget").GetInt32());
        Assert.False(settings.GetProperty("System.Runtime.TieredPGO").GetBoolean());
    }
}
