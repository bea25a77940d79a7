using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using MusicSocial.TestRig;

namespace MusicSocial.Faults.Measures;

/// <summary>
/// Sends what no client would: frames and requests that were changed at random, over the hub's socket and over HTTP, from many connections at once. Says whether
/// the hub lived, how long it took to say that it is ready, and what memory it used.
/// </summary>
internal sealed class MalformedInput(HubProcess hub, int total, int seed, Action<string> write)
{
    private const int Connections = 64;

    /// <summary>Few: the hub closes a connection at the first frame that is none, and would not read what follows.</summary>
    private const int MostOnOneConnection = 20;

    private static readonly TimeSpan HangUp = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly string[] Frames =
    [
        """{"protocol":"json","version":1}""",
        """{"type":1,"invocationId":"7","target":"Clock","arguments":[1]}""",
        """{"type":1,"invocationId":"8","target":"Follow","arguments":["track:abc",{"epoch":"x","offset":5}]}""",
        """{"type":1,"invocationId":"9","target":"PostComment","arguments":[{"trackId":"abc","text":"hello","positionMs":12}]}""",
        """{"type":1,"invocationId":"10","target":"JoinRoom","arguments":["ABCDEF",null]}""",
        """{"type":3,"invocationId":"11","result":{"a":[1,2,3]}}""",
        """{"type":5,"invocationId":"12"}""",
        """{"type":6}""",
    ];

    private static readonly string[] Requests =
    [
        "GET /api/tracks?query=moon&limit=5 HTTP/1.1\r\nHost: hub\r\n\r\n",
        "GET /api/rooms?cursor=eyJhIjoxfQ HTTP/1.1\r\nHost: hub\r\nAccept: application/json\r\n\r\n",
        "POST /api/accounts/login HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\nContent-Length: 43\r\n\r\n{\"handle\":\"ann\",\"password\":\"long enough!!\"}",
        "PATCH /api/comments/1 HTTP/1.1\r\nHost: hub\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n5\r\n{\"a\":\r\n2\r\n1}\r\n0\r\n\r\n",
        "POST /hub/negotiate?negotiateVersion=1 HTTP/1.1\r\nHost: hub\r\nContent-Length: 0\r\n\r\n",
    ];

    private readonly ConcurrentDictionary<string, int> _answers = new();
    private int _sent;

    /// <summary>Sends all of it; false when the hub did not live through it.</summary>
    public async Task<bool> RunAsync()
    {
        using var http = new HttpClient { BaseAddress = hub.Address };
        var before = hub.ResidentMiB;
        var began = Stopwatch.GetTimestamp();
        using var over = new CancellationTokenSource();
        var watching = WatchAsync(http, over.Token);
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(i => Task.Run(() => SendAllAsync(i, http))));
        await over.CancelAsync();
        var (slowest, most) = await watching;
        write(string.Create(
            CultureInfo.InvariantCulture,
            $"{_sent} malformed frames and requests in {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s; alive: {hub.IsRunning}; " +
            $"/readyz at worst {slowest:F0} ms; resident {before:F0} MiB before, {most:F0} at most, {(hub.IsRunning ? hub.ResidentMiB : 0):F0} after; errors logged: {LoggedErrors().Count}"));
        foreach (var (error, count) in LoggedErrors().CountBy(error => error).OrderByDescending(pair => pair.Value).Take(10))
            write($"{count} x {error}");
        write($"first lines of answers over HTTP: {string.Join(", ", _answers.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {pair.Value}"))}");
        return hub.IsRunning;
    }

    private List<string> LoggedErrors()
    {
        var lines = File.ReadAllLines(Path.Combine(hub.Folder, "hub.log"));
        return [.. lines.Index()
            .Where(line => line.Item.StartsWith("fail:", StringComparison.Ordinal) || line.Item.StartsWith("crit:", StringComparison.Ordinal))
            .Select(line => string.Join(' ', lines.Skip(line.Index).Take(6).Select(text => text.Trim())))];
    }

    private async Task<(double SlowestMs, double MostMiB)> WatchAsync(HttpClient http, CancellationToken stop)
    {
        var (slowest, most) = (0d, 0d);
        while (!stop.IsCancellationRequested && hub.IsRunning)
        {
            var asked = Stopwatch.GetTimestamp();
            (await http.GetAsync("/readyz", CancellationToken.None)).Dispose();
            (slowest, most) = (Math.Max(slowest, Stopwatch.GetElapsedTime(asked).TotalMilliseconds), Math.Max(most, hub.ResidentMiB));
            await Task.Delay(250, CancellationToken.None);
        }

        return (slowest, most);
    }

    private async Task SendAllAsync(int connection, HttpClient http)
    {
        // One person has fewer connections than there are here.
        using var answer = await http.PostAsJsonAsync("/api/accounts/guest", new { displayName = "Fuzz" });
        var token = (await answer.Content.ReadFromJsonAsync<Session>(WireJson.Options))!.AccessToken;
        var random = new Random(seed + connection);
        while (Volatile.Read(ref _sent) < total && hub.IsRunning)
        {
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync(hub.Address.Host, hub.Address.Port);
                await (random.Next(2) == 0 ? RequestAsync(socket, random) : FramesAsync(socket, token, random));
            }
            catch (Exception exception) when (exception is IOException or SocketException or TimeoutException)
            {
                // The hub hung up, as it should.
            }
        }
    }

    private async Task RequestAsync(TcpClient socket, Random random)
    {
        var stream = socket.GetStream();
        await stream.WriteAsync(Changed(Encoding.UTF8.GetBytes(Requests[random.Next(Requests.Length)]), random));
        socket.Client.Shutdown(SocketShutdown.Send);
        Interlocked.Increment(ref _sent);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var line = await reader.ReadLineAsync().WaitAsync(Patience) is { Length: > 12 } first ? first[9..12] : "none";
        _answers.AddOrUpdate(line, 1, (_, count) => count + 1);
    }

    private async Task FramesAsync(TcpClient socket, string token, Random random)
    {
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /hub?access_token={token} HTTP/1.1\r\nHost: hub\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        var protocol = random.Next(2) == 0 ? "json" : "messagepack";
        await stream.WriteAsync(Frame(Encoding.UTF8.GetBytes($$"""{"protocol":"{{protocol}}","version":1}""" + "\u001e"), 0x81));
        var reading = stream.CopyToAsync(Stream.Null);
        for (var i = 0; i < MostOnOneConnection && !reading.IsCompleted; i++)
        {
            await stream.WriteAsync(AnyFrame(random));
            Interlocked.Increment(ref _sent);
        }

        // The hub reads what was sent and hangs up, unless it waits for the rest of a frame that is none.
        await stream.WriteAsync(Frame([], 0x88));
        await reading.WaitAsync(HangUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static byte[] AnyFrame(Random random)
    {
        var payload = Changed(Encoding.UTF8.GetBytes(Frames[random.Next(Frames.Length)] + "\u001e"), random);
        // Most arrive as messages, so that what is in them is read; of the others the frame itself is wrong.
        return random.Next(50) == 0 ? Changed(Frame(payload, 0x81), random) : Frame(payload, random.Next(2) == 0 ? (byte)0x81 : (byte)0x82);
    }

    /// <summary>A whole, masked frame; the mask is zero.</summary>
    private static byte[] Frame(byte[] payload, byte head)
    {
        byte[] length = payload.Length < 126 ? [(byte)(0x80 | payload.Length)] : [0x80 | 126, 0, 0];
        if (length.Length > 1)
            BinaryPrimitives.WriteUInt16BigEndian(length.AsSpan(1), (ushort)payload.Length);
        return [head, .. length, 0, 0, 0, 0, .. payload];
    }

    /// <summary>Some bytes are other ones, missing, twice there, or many.</summary>
    private static byte[] Changed(byte[] bytes, Random random)
    {
        var changed = bytes.ToList();
        for (var times = random.Next(1, 5); times > 0; times--)
        {
            var at = random.Next(changed.Count);
            switch (random.Next(4))
            {
                case 0:
                    changed[at] = (byte)random.Next(256);
                    break;
                case 1:
                    if (changed.Count > 1)
                        changed.RemoveAt(at);
                    break;
                case 2:
                    changed.InsertRange(at, changed.GetRange(at, Math.Min(8, changed.Count - at)));
                    break;
                default:
                    changed.InsertRange(at, Enumerable.Repeat((byte)random.Next(256), random.Next(1, 2_000)));
                    break;
            }
        }

        return [.. changed];
    }
}
