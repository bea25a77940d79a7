using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using MusicSocial.TestRig;

namespace MusicSocial.Load;

/// <summary>
/// How long a listener waits for the hub's clock while other people attack it, beside quiet moments of the same run. The hub has the limits it ships;
/// attackers come from networks of their own, as a trusted proxy would name them, and share the machine with the hub.
/// </summary>
internal sealed class AttackRun : IAsyncDisposable
{
    private const string OneNetwork = "203.0.113.1";
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenProbes = TimeSpan.FromMilliseconds(25);

    private readonly HubProcess _hub;
    private readonly HttpClient _http;
    private ClientWebSocket _listener = new();

    private AttackRun(HubProcess hub) => (_hub, _http) = (hub, new HttpClient { BaseAddress = hub.Address });

    public static async Task MeasureAsync(Report report)
    {
        await using var run = new AttackRun(await HubProcess.StartAsync());
        run._listener = await run.ConnectAsync(await run.GuestAsync(), null);
        await run.WaitsAsync(TimeSpan.FromSeconds(5), CancellationToken.None);
        var (song, token) = (await run.HeavySongAsync(), await run.GuestAsync());
        await run.MeasureAsync(report, "32 parallel sign-ins of made-up people from one network", stop => Many(32, _ => run.SignInsAsync(OneNetwork, stop)));
        await run.MeasureAsync(report, "32 parallel sign-ins, each from a network of its own", stop => Many(32, i => run.SignInsAsync($"198.51.100.{i}", stop)));
        await run.MeasureAsync(report, "60 readers who do not read the largest lyrics", stop => Many(60, _ => run.AskWithoutReadingAsync(song, stop)));
        await run.MeasureAsync(report, "8 connections that call what does not exist, as fast as they can", stop => Many(8, _ => run.CallUnknownAsync(token, stop)));
        await run.MeasureAsync(report, "1,500 connections of one person", stop => Many(1_500, _ => run.HoldAsync(token, stop)));
    }

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        _http.Dispose();
        return _hub.DisposeAsync();
    }

    private async Task MeasureAsync(Report report, string what, Func<CancellationToken, Task> attack)
    {
        var before = await WaitsAsync(Span, CancellationToken.None);
        using var over = new CancellationTokenSource();
        var attacking = attack(over.Token);
        var during = await WaitsAsync(Span, CancellationToken.None);
        var memory = _hub.ResidentMiB;
        await over.CancelAsync();
        await attacking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Delay(TimeSpan.FromSeconds(3));
        report.Add(what, $"Clock {Described(during)}; hub {memory:F0} MiB", $"quiet: {Described(before)}; p95 ratio {P95(during) / P95(before):F1}");
    }

    private static double P95(List<double> waits) => Report.Percentile(waits, 0.95);

    private static string Described(List<double> waits) =>
        string.Create(CultureInfo.InvariantCulture, $"p50 {Report.Median(waits):F1}, p95 {P95(waits):F1}, max {waits.Max():F0} ms");

    private static Task Many(int count, Func<int, Task> one) => Task.WhenAll(Enumerable.Range(1, count).Select(i => Task.Run(() => one(i))));

    /// <summary>Asks for the clock again and again; how long each answer took, in milliseconds.</summary>
    private async Task<List<double>> WaitsAsync(TimeSpan span, CancellationToken cancellationToken)
    {
        var waits = new List<double>();
        var buffer = new byte[16 * 1024];
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < span;)
        {
            var sent = Stopwatch.GetTimestamp();
            await SendAsync(_listener, $$"""{"type":1,"invocationId":"{{sent}}","target":"Clock","arguments":[1]}""", cancellationToken);
            var heard = "";
            while (!heard.Contains($"\"{sent}\"", StringComparison.Ordinal))
                heard += Encoding.UTF8.GetString(buffer, 0, (await _listener.ReceiveAsync(buffer, cancellationToken)).Count);
            waits.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            await Task.Delay(BetweenProbes, cancellationToken);
        }

        return waits;
    }

    private async Task SignInsAsync(string network, CancellationToken stop)
    {
        for (var attempt = 0; !stop.IsCancellationRequested; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/accounts/login")
            {
                Content = JsonContent.Create(new { handle = $"made{network.GetHashCode(StringComparison.Ordinal) & 0xffff}up{attempt}", password = "wrong horse battery" }),
                Headers = { { "X-Forwarded-For", network } },
            };
            using var answer = await _http.SendAsync(request, stop);
        }
    }

    private async Task AskWithoutReadingAsync(string songId, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            using var socket = new TcpClient { ReceiveBufferSize = 4096 };
            await socket.ConnectAsync(_hub.Address.Host, _hub.Address.Port, stop);
            await socket.GetStream().WriteAsync(
                Encoding.ASCII.GetBytes($"GET /api/tracks/{songId}/lyrics HTTP/1.1\r\nHost: hub\r\nX-Forwarded-For: {OneNetwork}\r\n\r\n"), stop);
            await Task.Delay(TimeSpan.FromSeconds(2), stop);
        }
    }

    private async Task CallUnknownAsync(string token, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var socket = await ConnectAsync(token, OneNetwork);
                while (!stop.IsCancellationRequested)
                    await SendAsync(socket, """{"type":1,"target":"NoSuchMethod","arguments":[]}""", stop);
            }
            catch (Exception exception) when (exception is WebSocketException or IOException)
            {
                // It was cut off: it comes again.
            }
        }
    }

    private async Task HoldAsync(string token, CancellationToken stop)
    {
        try
        {
            using var socket = await ConnectAsync(token, OneNetwork);
            var buffer = new byte[4096];
            while (socket.State == WebSocketState.Open)
                await socket.ReceiveAsync(buffer, stop);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // It was refused, or closed as one too many.
        }
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

    private async Task<ClientWebSocket> ConnectAsync(string token, string? network)
    {
        var socket = new ClientWebSocket();
        if (network is not null)
            socket.Options.SetRequestHeader("X-Forwarded-For", network);
        try
        {
            await socket.ConnectAsync(new Uri($"ws://{_hub.Address.Authority}/hub?access_token={Uri.EscapeDataString(token)}"), CancellationToken.None);
            await SendAsync(socket, """{"protocol":"json","version":1}""", CancellationToken.None);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Task SendAsync(ClientWebSocket socket, string message, CancellationToken cancellationToken) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message + "\u001e"), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
}
