using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MusicSocial.Realtime.Tests.Rig;
using MusicSocial.Realtime.Topics;

namespace MusicSocial.Realtime.Tests.Interop;

/// <summary>The clients people use, as npm installs them, against a real server.</summary>
public sealed class NpmClientTests : IClassFixture<NodeProject>, IAsyncLifetime
{
    private WebApplication _server = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ITopicKind, TestKind>();
        builder.Services.AddRealtime();
        builder.Services.AddTopicHub<TestHub>().AddHubOptions<TestHub>(hub => hub.AddFilter(new RefusalFilter()));
        _server = builder.Build();
        _server.MapHub<TestHub>("/hub");
        await _server.StartAsync();
    }

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
