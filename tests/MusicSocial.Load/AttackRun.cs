using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using MusicSocial.TestRig;

namespace MusicSocial.Load;

/// <summary>
/// How long a listener waits for the hub's clock while other people attack it, beside quiet moments of the same run. The hub has the limits it ships.
/// Attackers are a process of their own (<see cref="Attackers"/>) that gives way to the hub, whose machine a real attacker would not share.
/// </summary>
internal sealed class AttackRun : IAsyncDisposable
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenProbes = TimeSpan.FromMilliseconds(25);

    private readonly HubProcess _hub;
    private readonly HttpClient _http;
    private ClientWebSocket _listener = new();

    private AttackRun(HubProcess hub) => (_hub, _http) = (hub, new HttpClient { BaseAddress = hub.Address });

    public static async Task MeasureAsync(Report report)
    {
        await using var run = new AttackRun(await HubProcess.StartAsync());
        run._listener = await Attackers.ConnectAsync(run._hub.Address, await run.GuestAsync(), null);
        await run.WaitsAsync(TimeSpan.FromSeconds(5));
        var (song, token) = (await run.HeavySongAsync(), await run.GuestAsync());
        foreach (var (name, what) in Attackers.Kinds)
            await run.MeasureAsync(report, what, [name, run._hub.Address.ToString(), song, token]);
    }

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        _http.Dispose();
        return _hub.DisposeAsync();
    }

    private async Task MeasureAsync(Report report, string what, string[] attack)
    {
        var before = await WaitsAsync(Span);
        using var attackers = Process.Start(new ProcessStartInfo("nice", ["-n", "19", "dotnet", typeof(AttackRun).Assembly.Location, "attack", .. attack]))!;
        // A process needs a moment to begin.
        await Task.Delay(TimeSpan.FromSeconds(3));
        var during = await WaitsAsync(Span);
        var memory = _hub.ResidentMiB;
        attackers.Kill();
        await attackers.WaitForExitAsync();
        await Task.Delay(TimeSpan.FromSeconds(3));
        report.Add(what, $"Clock {Described(during)}; hub {memory:F0} MiB", $"quiet: {Described(before)}; p95 ratio {P95(during) / P95(before):F1}");
    }

    private static double P95(List<double> waits) => Report.Percentile(waits, 0.95);

    private static string Described(List<double> waits) =>
        string.Create(CultureInfo.InvariantCulture, $"p50 {Report.Median(waits):F1}, p95 {P95(waits):F1}, max {waits.Max():F0} ms");

    /// <summary>Asks for the clock again and again; how long each answer took, in milliseconds.</summary>
    private async Task<List<double>> WaitsAsync(TimeSpan span)
    {
        var waits = new List<double>();
        var buffer = new byte[16 * 1024];
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < span;)
        {
            var sent = Stopwatch.GetTimestamp();
            await Attackers.SendAsync(_listener, $$"""{"type":1,"invocationId":"{{sent}}","target":"Clock","arguments":[1]}""");
            var heard = "";
            while (!heard.Contains($"\"{sent}\"", StringComparison.Ordinal))
                heard += Encoding.UTF8.GetString(buffer, 0, (await _listener.ReceiveAsync(buffer, CancellationToken.None)).Count);
            waits.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            await Task.Delay(BetweenProbes);
        }

        return waits;
    }

    /// <summary>A song whose lyrics have nearly as many timed words as the hub takes.</summary>
    private async Task<string> HeavySongAsync()
    {
        using var registered = await _http.PostAsJsonAsync("/api/accounts", new { handle = "heavy", password = "a long enough secret", displayName = "Heavy" });
        var session = (await registered.Content.ReadFromJsonAsync<Session>(WireJson.Options))!;
        Page<Track> tracks;
        do
            tracks = (await _http.GetFromJsonAsync<Page<Track>>("/api/tracks", WireJson.Options))!;
        while (tracks.Items.Count == 0);
        var sheet = new StringBuilder();
        for (var line = 0; line < 950; line++)
        {
            var at = TimeSpan.FromMilliseconds(line * 60);
            sheet.Append(CultureInfo.InvariantCulture, $"[{at:mm\\:ss\\.ff}]");
            for (var word = 0; word < 20; word++)
                sheet.Append(CultureInfo.InvariantCulture, $"<{at + TimeSpan.FromMilliseconds(word * 3):mm\\:ss\\.ff}>word ");
            sheet.Append('\n');
        }

        var song = tracks.Items[0].Id;
        using var upload = new HttpRequestMessage(HttpMethod.Put, $"/api/tracks/{song}/lyrics?format=lrc") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(sheet.ToString())) };
        upload.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session.AccessToken);
        using var answer = await _http.SendAsync(upload);
        answer.EnsureSuccessStatusCode();
        return song;
    }

    private async Task<string> GuestAsync()
    {
        using var answer = await _http.PostAsJsonAsync("/api/accounts/guest", new { displayName = "Load" });
        return (await answer.Content.ReadFromJsonAsync<Session>(WireJson.Options))!.AccessToken;
    }
}
