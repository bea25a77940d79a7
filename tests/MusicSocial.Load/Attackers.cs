using System.Net.Http.Json;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace MusicSocial.Load;

/// <summary>People who attack a hub until the process ends. They come from networks of their own, as a trusted proxy would name them.</summary>
internal sealed class Attackers
{
    private const string OneNetwork = "203.0.113.1";

    /// <summary>The attacks by name, and what they do.</summary>
    public static readonly (string Name, string What)[] Kinds =
    [
        ("sign-ins", "32 parallel sign-ins of made-up people from one network"),
        ("spread-sign-ins", "32 parallel sign-ins, each from a network of its own"),
        ("unread", "60 readers who do not read the largest lyrics"),
        ("unknown", "8 connections that call what does not exist, as fast as they can, and return when they are cut off"),
        ("sockets", "1,500 connections of one person"),
    ];

    private readonly Uri _address;
    private readonly HttpClient _http;

    private Attackers(Uri address) => (_address, _http) = (address, new HttpClient { BaseAddress = address });

    /// <summary>Attacks and does not return.</summary>
    public static Task RunAsync(string kind, Uri hub, string songId, string token)
    {
        var attackers = new Attackers(hub);
        return kind switch
        {
            "sign-ins" => Many(32, _ => attackers.SignInsAsync(OneNetwork)),
            "spread-sign-ins" => Many(32, i => attackers.SignInsAsync($"198.51.100.{i}")),
            "unread" => Many(60, _ => attackers.AskWithoutReadingAsync(songId)),
            "unknown" => Many(8, _ => attackers.CallUnknownAsync(token)),
            _ => Many(1_500, _ => attackers.HoldAsync(token)),
        };
    }

    private static Task Many(int count, Func<int, Task> one) => Task.WhenAll(Enumerable.Range(1, count).Select(i => Task.Run(() => one(i))));

    private async Task SignInsAsync(string network)
    {
        for (var attempt = 0; true; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/accounts/login")
            {
                Content = JsonContent.Create(new { handle = $"made{network.GetHashCode(StringComparison.Ordinal) & 0xffff}up{attempt}", password = "wrong horse battery" }),
                Headers = { { "X-Forwarded-For", network } },
            };
            using var answer = await _http.SendAsync(request);
        }
    }

    private async Task AskWithoutReadingAsync(string songId)
    {
        while (true)
        {
            using var socket = new TcpClient { ReceiveBufferSize = 4096 };
            await socket.ConnectAsync(_address.Host, _address.Port);
            await socket.GetStream().WriteAsync(
                Encoding.ASCII.GetBytes($"GET /api/tracks/{songId}/lyrics HTTP/1.1\r\nHost: hub\r\nX-Forwarded-For: {OneNetwork}\r\n\r\n"));
            await Task.Delay(TimeSpan.FromSeconds(2));
        }
    }

    private async Task CallUnknownAsync(string token)
    {
        while (true)
        {
            try
            {
                using var socket = await ConnectAsync(_address, token, OneNetwork);
                while (true)
                    await SendAsync(socket, """{"type":1,"target":"NoSuchMethod","arguments":[]}""");
            }
            catch (Exception exception) when (exception is WebSocketException or IOException)
            {
                // It was cut off: it comes again.
            }
        }
    }

    private async Task HoldAsync(string token)
    {
        try
        {
            using var socket = await ConnectAsync(_address, token, OneNetwork);
            var buffer = new byte[4096];
            while (socket.State == WebSocketState.Open)
                await socket.ReceiveAsync(buffer, CancellationToken.None);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException)
        {
            // It was refused, or closed as one too many.
        }
    }

    /// <summary>Opens a connection to a hub, from a network where one is named.</summary>
    public static async Task<ClientWebSocket> ConnectAsync(Uri hub, string token, string? network)
    {
        var socket = new ClientWebSocket();
        if (network is not null)
            socket.Options.SetRequestHeader("X-Forwarded-For", network);
        try
        {
            await socket.ConnectAsync(new Uri($"ws://{hub.Authority}/hub?access_token={Uri.EscapeDataString(token)}"), CancellationToken.None);
            await SendAsync(socket, """{"protocol":"json","version":1}""");
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends one message of the hub's JSON protocol.</summary>
    public static Task SendAsync(ClientWebSocket socket, string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message + "\u001e"), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
}
