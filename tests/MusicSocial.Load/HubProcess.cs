using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using MusicSocial.Realtime.Wire;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Hosting;

namespace MusicSocial.Load;

/// <summary>A hub under measurement, in a process and a folder of its own.</summary>
internal sealed partial class HubProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly bool _ownsFolder;

    private HubProcess(Process process, Uri address, string folder, bool ownsFolder)
    {
        _process = process;
        _ownsFolder = ownsFolder;
        Address = address;
        Folder = folder;
        Http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 512 }) { BaseAddress = address };
    }

    public Uri Address { get; }

    public string Folder { get; }

    public HttpClient Http { get; }

    /// <summary>Resident memory in MiB.</summary>
    public double ResidentMiB =>
        File.ReadLines($"/proc/{_process.Id}/status")
            .Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Select(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024)
            .Single();

    public static async Task<HubProcess> StartAsync(string? folder = null, string? music = null, params string[] settings)
    {
        var data = folder ?? Directory.CreateTempSubdirectory("musicsocial-load-").FullName;
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true };
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "MusicSocial.Server.dll"), "--urls", "http://127.0.0.1:0", "--data", data,
            "--Limits:Comments:PerSecond", "1000000", "--Limits:Comments:Burst", "1000000",
            "--Limits:HubCalls:PerSecond", "1000000", "--Limits:HubCalls:Burst", "1000000",
            .. music is null ? Array.Empty<string>() : ["--music", music],
            .. settings,
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (ListeningOn().Match(line) is { Success: true } match)
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return new HubProcess(process, new Uri(match.Groups[1].Value), data, folder is null);
            }
        }

        throw new InvalidOperationException("The hub ended before it listened.");
    }

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

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        if (_ownsFolder)
            Directory.Delete(Folder, recursive: true);
    }

    [GeneratedRegex(@"Now listening on: (\S+)")]
    private static partial Regex ListeningOn();
}
