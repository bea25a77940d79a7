using System.Globalization;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.Catalog;

public sealed class ToolLifeTests : IAsyncLifetime
{
    private readonly MusicFolder _music = new();

    public Task InitializeAsync() => _music.AddToneAsync("song.mp3");

    public async Task DisposeAsync() => await _music.DisposeAsync();

    [Fact]
    public async Task A_tool_ends_with_the_hub_whatever_ends_the_hub()
    {
        var noted = _music.PathOf("../pid");
        // exec: the tool that hangs is the very process the hub started.
        var hanging = await _music.ToolAsync($"echo $$ > '{noted}.new'; mv '{noted}.new' '{noted}'; exec sleep 600");
        await using var doomed = await ServerProcess.StartAsync(_music.PathOf(".."), "--Catalog:Ffprobe", hanging, "--Catalog:ToolTimeout", "00:10:00", "--Catalog:SettleTime", "00:00:00.200");
        await Patiently.UntilAsync(
            () =>
            {
                Assert.True(File.Exists(noted));
                return Task.CompletedTask;
            },
            "the tool runs");
        var pid = int.Parse(await File.ReadAllTextAsync(noted), CultureInfo.InvariantCulture);
        Assert.True(Directory.Exists($"/proc/{pid}"));

        await doomed.KillAsync();

        await Patiently.UntilAsync(
            async () => Assert.True(!File.Exists($"/proc/{pid}/stat") || (await File.ReadAllTextAsync($"/proc/{pid}/stat")).Contains(") Z ", StringComparison.Ordinal)),
            "the tool has ended");
    }
}
