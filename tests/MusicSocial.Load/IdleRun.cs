using System.Net.WebSockets;
using System.Text;

namespace MusicSocial.Load;

/// <summary>Resident memory of a hub nobody uses, and with 1,000 connections that follow one topic in silence.</summary>
internal static class IdleRun
{
    private const int Connections = 1000;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(10);

    public static async Task MeasureAsync(Report report)
    {
        await using var hub = await MeasuredHub.StartAsync();
        var track = (await hub.TracksAsync())[0];
        var token = await hub.SignInAsync();
        await Task.Delay(Settle);
        var idle = hub.ResidentMiB;
        report.Add("resident memory, nobody connected", $"{idle:F0} MiB");

        var sockets = new List<ClientWebSocket>();
        for (var i = 0; i < Connections; i++)
            sockets.Add(await FollowAsync(hub.Address, token, $"track:{track.Id}"));
        await Task.Delay(Settle);
        var connected = hub.ResidentMiB;
        report.Add(
            $"resident memory, {Connections} connections following a song",
            $"{connected:F0} MiB",
            $"{(connected - idle) * 1024 / Connections:F1} KiB per connection");
        foreach (var socket in sockets)
            socket.Dispose();
    }

    private static async Task<ClientWebSocket> FollowAsync(Uri server, string token, string topic)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{server.Authority}/hub?access_token={Uri.EscapeDataString(token)}"), CancellationToken.None);
        await SendAsync(socket, """{"protocol":"json","version":1}""");
        await SendAsync(socket, $$"""{"type":1,"invocationId":"1","target":"Follow","arguments":["{{topic}}",null]}""");
        var buffer = new byte[64 * 1024];
        var heard = "";
        while (!heard.Contains("\"invocationId\":\"1\"", StringComparison.Ordinal))
            heard += Encoding.UTF8.GetString(buffer, 0, (await socket.ReceiveAsync(buffer, CancellationToken.None)).Count);
        return socket;
    }

    private static Task SendAsync(ClientWebSocket socket, string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message + "\u001e"), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
}
