using System.Net.Http.Headers;
using Microsoft.AspNetCore.SignalR.Client;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests;

/// <summary>A hub that may be killed without warning, with its doors open.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly HubProcess _hub;

    private ServerProcess(HubProcess hub)
    {
        _hub = hub;
        Http = new HttpClient { BaseAddress = hub.Address };
    }

    public Uri Address => _hub.Address;

    public HttpClient Http { get; }

    public static async Task<ServerProcess> StartAsync(string dataFolder, params string[] arguments) =>
        new(await HubProcess.StartAsync(
            dataFolder,
            [
                "--music", Directory.CreateDirectory(Path.Combine(dataFolder, "music")).FullName,
                .. TestStores.SettingsOf(dataFolder).SelectMany(setting => new[] { $"--{setting.Key}", setting.Value }),
                .. arguments,
            ]));

    /// <summary>kill -9: no goodbye, no flush.</summary>
    public Task KillAsync() => _hub.KillAsync();

    /// <summary>The same person, with the doors of this process.</summary>
    public Task<HubConnection> ConnectAsync(string accessToken) => TestHubConnection.StartAsync(Address, accessToken);

    /// <summary>The id of the first song, once the catalog has read it.</summary>
    public async Task<string> FirstTrackAsync()
    {
        while (true)
        {
            var page = await Http.GetAsync("/api/tracks").ReadAsync<Page<Track>>();
            if (page.Items.Count > 0)
                return page.Items[0].Id;
            await Task.Delay(50);
        }
    }

    public HttpClient ClientOf(string accessToken) => new()
    {
        BaseAddress = Address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", accessToken) },
    };

    public ValueTask DisposeAsync()
    {
        Http.Dispose();
        return _hub.DisposeAsync();
    }
}
