using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using MusicSocial.Realtime.Tests.Hubs;
using MusicSocial.Realtime.Tests.Rig;

namespace MusicSocial.Realtime.Tests.Interop;

/// <summary>Bytes that are no messages end their own connection and nothing else.</summary>
public sealed class HostileClientTests : IAsyncLifetime
{
    private WebApplication _server = null!;

    public async Task InitializeAsync() => _server = await TestSite.StartAsync(host => host.UseTestServer());

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("01c1", "a byte without meaning")]
    [InlineData("ffffffffff", "a length beyond every bound")]
    [InlineData("0195", "an array that is missing")]
    [InlineData("02 c0 06", "a message that is not an array")]
    [InlineData("06 dd ffffffff 01", "four billion elements")]
    [InlineData("04 93 05 80 c0", "a cancellation of nothing")]
    public async Task Garbage_ends_the_connection(string hex, string why)
    {
        _ = why;
        using var healthy = await ConnectAsync();
        using var hostile = await ConnectAsync();

        await hostile.SendAsync(Hex.Bytes(hex), WebSocketMessageType.Binary, true, default);

        await Eventually.Finishes(ReadToEndAsync(hostile));
        await AssertAnswersAsync(healthy);
    }

    [Fact]
    public async Task A_message_larger_than_allowed_ends_the_connection_before_it_is_complete()
    {
        using var hostile = await ConnectAsync();

        // Announces a megabyte and keeps sending; the hub's limit is 32 KB.
        await hostile.SendAsync(Hex.Bytes("808040"), WebSocketMessageType.Binary, true, default);
        var sending = SendUntilClosedAsync(hostile);

        await Eventually.Finishes(ReadToEndAsync(hostile));
        await Eventually.Finishes(sending);
    }

    [Fact]
    public async Task A_message_cut_short_only_waits_for_its_rest()
    {
        using var client = await ConnectAsync();
        var echo = Hex.Framed(Hex.Bytes("96 01 80 a131 a44563686f 91 a26869 90"));
        foreach (var one in echo)
        {
            await client.SendAsync(new[] { one }, WebSocketMessageType.Binary, true, default);
        }

        Assert.Equal(Hex.Framed(Hex.Bytes("95 03 80 a131 03 a26869")), await ReadAsync(client));
    }

    private static async Task AssertAnswersAsync(WebSocket socket)
    {
        await socket.SendAsync(Hex.Framed(Hex.Bytes("96 01 80 a131 a44563686f 91 a26869 90")), WebSocketMessageType.Binary, true, default);
        Assert.Equal(Hex.Framed(Hex.Bytes("95 03 80 a131 03 a26869")), await ReadAsync(socket));
    }

    private static async Task<byte[]> ReadAsync(WebSocket socket)
    {
        var buffer = new byte[4_096];
        var result = await Eventually.Finishes(socket.ReceiveAsync(buffer, default));
        return buffer[..result.Count];
    }

    private static async Task ReadToEndAsync(WebSocket socket)
    {
        var buffer = new byte[4_096];
        try
        {
            while ((await socket.ReceiveAsync(buffer, default)).MessageType != WebSocketMessageType.Close)
            {
                // The server may say why before it ends the connection.
            }
        }
        catch (Exception exception) when (exception is WebSocketException or IOException)
        {
            // Cut without ceremony: ended as well.
        }
    }

    private static async Task SendUntilClosedAsync(WebSocket socket)
    {
        try
        {
            for (var i = 0; i < 100; i++)
            {
                await socket.SendAsync(new byte[1_024], WebSocketMessageType.Binary, true, default);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The server has ended it.
        }
    }

    private async Task<WebSocket> ConnectAsync()
    {
        var socket = await _server.GetTestServer().CreateWebSocketClient().ConnectAsync(new("ws://localhost/hub"), default);
        await socket.SendAsync(
            Encoding.UTF8.GetBytes("{\"protocol\":\"messagepack\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, default);
        Assert.Equal("{}\u001e", Encoding.UTF8.GetString(await ReadAsync(socket)));
        return socket;
    }
}
