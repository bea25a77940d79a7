using System.Net.Http.Headers;
using System.Net.Http.Json;
using MusicSocial.TestRig;

namespace MusicSocial.Load;

/// <summary>A hub under measurement: nothing limits how often it is called.</summary>
internal sealed class MeasuredHub : IAsyncDisposable
{
    private readonly HubProcess _hub;

    private MeasuredHub(HubProcess hub)
    {
        _hub = hub;
        Http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 512 }) { BaseAddress = hub.Address };
    }

    public Uri Address => _hub.Address;

    public string Folder => _hub.Folder;

    public HttpClient Http { get; }

    /// <summary>Resident memory in MiB.</summary>
    public double ResidentMiB => _hub.ResidentMiB;

    public static async Task<MeasuredHub> StartAsync(string? folder = null, string? music = null, params string[] settings) =>
        new(await HubProcess.StartAsync(
            folder,
            [
                "--Limits:Comments:PerSecond", "1000000", "--Limits:Comments:Burst", "1000000",
                "--Limits:HubCalls:PerSecond", "1000000", "--Limits:HubCalls:Burst", "1000000",
                .. music is null ? Array.Empty<string>() : ["--music", music],
                .. settings,
            ]));

    /// <summary>A new guest's access token.</summary>
    public async Task<string> SignInAsync()
    {
        using var answer = await Http.PostAsJsonAsync("/api/accounts/guest", new { displayName = "Load" });
        return (await answer.Content.ReadFromJsonAsync<Session>(WireJson.Options))!.AccessToken;
    }

    public HttpClient ClientOf(string accessToken)
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        return client;
    }

    /// <summary>The first page of the catalog, waited for until at least <paramref name="atLeast"/> tracks are there.</summary>
    public async Task<IReadOnlyList<Track>> TracksAsync(int atLeast = 1)
    {
        while (true)
        {
            var page = await Http.GetFromJsonAsync<Page<Track>>("/api/tracks?limit=200", WireJson.Options);
            if (page!.Items.Count >= Math.Min(atLeast, 200))
                return page.Items;
            await Task.Delay(50);
        }
    }

    public ValueTask DisposeAsync()
    {
        Http.Dispose();
        return _hub.DisposeAsync();
    }
}
