using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using MusicSocial.Realtime.Tests.Rig;

namespace MusicSocial.Realtime.Tests.Interop;

/// <summary>The clients people use, as npm installs them, against a real server.</summary>
public sealed class NpmClientTests : IClassFixture<NodeProject>, IAsyncLifetime
{
    private WebApplication _server = null!;

    public async Task InitializeAsync() => _server = await TestSite.StartAsync(host => host.UseUrls("http://127.0.0.1:0"));

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("json", "negotiated")]
    [InlineData("json", "webSockets")]
    [InlineData("json", "serverSentEvents")]
    [InlineData("json", "longPolling")]
    [InlineData("messagepack", "negotiated")]
    [InlineData("messagepack", "webSockets")]
    [InlineData("messagepack", "longPolling")]
    public async Task The_npm_client_does_everything(string protocol, string scene)
    {
        var outcome = await NodeProject.RunAsync("node", "interop.mjs", $"{_server.Urls.Single()}/hub", protocol, scene);

        Assert.True(outcome.ExitCode == 0, outcome.Output);
        Assert.EndsWith("ok", outcome.Output.TrimEnd(), StringComparison.Ordinal);
    }
}
