using System.Text.Json;

namespace MusicSocial.Server.Tests.Hosting;

public sealed class HotCodeTests
{
    [Fact]
    public void The_hub_does_not_put_off_compiling_what_is_hot()
    {
        using var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "MusicSocial.Server.runtimeconfig.json")));
        var settings = config.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties");

        Assert.Equal(0, settings.GetProperty("System.Runtime.TieredCompilation.CallCountingDelayMs").GetInt32());
        Assert.False(settings.GetProperty("System.Runtime.TieredPGO").GetBoolean());
    }
}
