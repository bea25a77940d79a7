using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;

namespace MusicSocial.Realtime.Tests.Rig;

/// <summary>A WebSocket client that can send any bytes at all, over a real socket.</summary>
internal sealed class WireClient(Socket socket, Stream stream) : IAsyncDisposable
{
    public const int Text = 1;
    public const int Binary = 2;
    public const int Close = 8;
    public const int Ping = 9;
    public const int Pong = 10;

    private readonly List<byte> _messages = [];

    public Socket Socket => socket;

    /// <summary>Opens the WebSocket; nothing is said yet.</summary>
    public static async Task<WireClient> OpenAsync(WebApplication site, int receiveBuffer = 0)
    {
        var url = new Uri(site.Urls.Single());
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer > 0)
            socket.ReceiveBufferSize = receiveBuffer;
        await socket.ConnectAsync(url.Host, url.Port);
        Stream stream = new NetworkStream(socket, ownsSocket: true);
        if (url.Scheme == "https")
        {
            var encrypted = new SslStream(stream, false, (_, certificate, _, _) => certificate?.Subject == "CN=localhost");
            await encrypted.AuthenticateAsClientAsync("localhost");
            stream = encrypted;
        }

        var client = new WireClient(socket, stream);
        await client.SendAsync(Encoding.ASCII.GetBytes(
            "GET /hub HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        var head = await client.ReadHeadAsync();
        Assert.StartsWith("HTTP/1.1 101", head, StringComparison.Ordinal);
        Assert.Contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n", head, StringComparison.OrdinalIgnoreCase);
        return client;
    }

    /// <summary>Opens the WebSocket and agrees with the hub on JSON.</summary>
    public static async Task<WireClient> ConnectAsync(WebApplication site, int receiveBuffer = 0)
    {
        var client = await OpenAsync(site, receiveBuffer);
        await client.SendAsync(Frame(Text, Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}\u001e")));
        Assert.Equal("{}", await client.ReadMessageAsync());
        return client;
    }

    /// <summary>A client's frame.</summary>
    public static byte[] Frame(int opcode, byte[] payload, bool isLast = true, bool isMasked = true, int reserved = 0)
    {
        List<byte> frame = [(byte)((isLast ? 0x80 : 0) | (reserved << 4) | opcode)];
        var length = new byte[8];
        if (payload.Length < 126)
        {
            frame.Add((byte)payload.Length);
        }
        else if (payload.Length < 65_536)
        {
            frame.Add(126);
            BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)payload.Length);
            frame.AddRange(length[..2]);
        }
        else
        {
            frame.Add(127);
            BinaryPrimitives.WriteInt64BigEndian(length, payload.Length);
            frame.AddRange(length);
        }

        if (!isMasked)
            return [.. frame, .. payload];
        byte[] mask = [0x37, 0xfa, 0x21, 0x3d];
        frame[1] |= 0x80;
        return [.. frame, .. mask, .. payload.Select((one, i) => (byte)(one ^ mask[i % 4]))];
    }

    /// <summary>A call in the words of the JSON hub protocol.</summary>
    public static byte[] Call(string id, string target, params JsonNode?[] arguments) =>
        Encoding.UTF8.GetBytes(new JsonObject
        {
            ["type"] = 1,
            ["invocationId"] = id,
            ["target"] = target,
            ["arguments"] = new JsonArray(arguments),
        }.ToJsonString() + "\u001e");

    public async Task SendAsync(byte[] bytes) => await stream.WriteAsync(bytes);

    public Task CallAsync(string id, string target, params JsonNode?[] arguments) => SendAsync(Frame(Text, Call(id, target, arguments)));

    /// <summary>The next frame of the server, whole; an opcode of -1 at the end of the connection.</summary>
    public async Task<(int Opcode, byte[] Payload)> ReadFrameAsync()
    {
        try
        {
            var head = await ReadAsync(2);
            Assert.Equal(0, head[1] & 0x80);
            long length = head[1];
            if (length == 126)
                length = BinaryPrimitives.ReadUInt16BigEndian(await ReadAsync(2));
            else if (length == 127)
                length = BinaryPrimitives.ReadInt64BigEndian(await ReadAsync(8));
            return (head[0] & 0x0f, await ReadAsync((int)length));
        }
        catch (IOException)
        {
            return (-1, []);
        }
    }

    /// <summary>The next hub message that is no ping.</summary>
    public async Task<string> ReadMessageAsync()
    {
        while (true)
        {
            var end = _messages.IndexOf(0x1e);
            if (end >= 0)
            {
                var message = Encoding.UTF8.GetString([.. _messages[..end]]);
                _messages.RemoveRange(0, end + 1);
                if (message != "{\"type\":6}")
                    return message;
                continue;
            }

            var (opcode, payload) = await Eventually.Finishes(ReadFrameAsync());
            if (opcode == Ping)
            {
                await SendAsync(Frame(Pong, payload));
                continue;
            }

            Assert.True(opcode == Text, $"Wanted a message, got a frame of kind {opcode}.");
            _messages.AddRange(payload);
        }
    }

    /// <summary>Reads to the end; the server's closing code, or 0 when it cut the connection without one.</summary>
    public async Task<int> ReadToEndAsync()
    {
        var code = 0;
        while (await Eventually.Finishes(ReadFrameAsync()) is { Opcode: >= 0 } frame)
        {
            if (frame.Opcode == Close)
                code = frame.Payload.Length < 2 ? 1005 : BinaryPrimitives.ReadUInt16BigEndian(frame.Payload);
        }

        return code;
    }

    public async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private async Task<string> ReadHeadAsync()
    {
        var head = "";
        while (!head.EndsWith("\r\n\r\n", StringComparison.Ordinal))
            head += (char)(await ReadAsync(1))[0];
        return head;
    }
}
