using System.Text;
using Microsoft.AspNetCore.Builder;
using MusicSocial.Realtime.Tests.Hubs;
using MusicSocial.Realtime.Tests.Rig;
using static MusicSocial.Realtime.Tests.Rig.WireClient;

namespace MusicSocial.Realtime.Tests.Transport;

/// <summary>RFC 6455 from the client's side, in the order of the Autobahn test suite, against a real web server.</summary>
public sealed class WebSocketRulesTests : IAsyncLifetime
{
    private WebApplication _site = null!;

    public async Task InitializeAsync() => _site = await TestSite.StartOnSocketsAsync(hub: hub => hub.MaximumReceiveMessageSize = 1 << 20);

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(1_000)]
    [InlineData(16_384)]
    [InlineData(65_500)]
    [InlineData(65_536)]
    [InlineData(300_000)]
    public async Task Messages_of_every_size_come_and_go(int size)
    {
        await using var client = await ConnectAsync(_site);
        var text = new string('x', size);

        await client.CallAsync("1", "Echo", text);

        Assert.Equal($$"""{"type":3,"invocationId":"1","result":"{{text}}"}""", await client.ReadMessageAsync());
    }

    [Fact]
    public async Task A_message_in_three_pieces_with_pings_between_is_one_message()
    {
        await using var client = await ConnectAsync(_site);
        var call = Call("1", "Echo", "grüße €");
        for (var cut = 1; cut < call.Length; cut++)
        {
            var ping = Encoding.UTF8.GetBytes($"ping {cut}");
            await client.SendAsync(Frame(Text, call[..cut], isLast: false));
            await client.SendAsync(Frame(Ping, ping));
            await client.SendAsync(Frame(0, [], isLast: false));
            await client.SendAsync(Frame(0, call[cut..]));

            var pong = await Eventually.Finishes(client.ReadFrameAsync());
            Assert.Equal(Pong, pong.Opcode);
            Assert.Equal(ping, pong.Payload);
            Assert.Contains("grüße €", await client.ReadMessageAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Bytes_may_come_one_by_one()
    {
        await using var client = await ConnectAsync(_site);
        foreach (var one in Frame(Ping, new byte[125]).Concat(Frame(Text, Call("1", "Echo", "ü"))))
            await client.SendAsync([one]);

        Assert.Equal(Pong, (await Eventually.Finishes(client.ReadFrameAsync())).Opcode);
        Assert.Contains("\"ü\"", await client.ReadMessageAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hub_messages_and_WebSocket_messages_need_not_coincide()
    {
        await using var client = await ConnectAsync(_site);
        byte[] three = [.. Call("1", "Echo", "a"), .. Call("2", "Echo", "b"), .. Call("3", "Echo", "c")];

        await client.SendAsync([.. Frame(Text, three[..70]), .. Frame(Binary, three[70..75]), .. Frame(Text, three[75..]), .. Frame(Pong, [1])]);

        foreach (var answer in new[] { "\"a\"", "\"b\"", "\"c\"" })
            Assert.Contains(answer, await client.ReadMessageAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("c1 80 00000000", 1002, "a reserved bit")]
    [InlineData("83 80 00000000", 1002, "an unknown kind")]
    [InlineData("8b 80 00000000", 1002, "an unknown control")]
    [InlineData("81 01 61", 1002, "no mask")]
    [InlineData("80 80 00000000", 1002, "the rest of no message")]
    [InlineData("01 81 00000000 61 81 81 00000000 61", 1002, "a message within a message")]
    [InlineData("09 80 00000000", 1002, "a ping in pieces")]
    [InlineData("89 fe 007e 00000000", 1002, "a ping of 126 bytes")]
    [InlineData("81 fe 007d 00000000", 1002, "a length written too long")]
    [InlineData("81 ff 000000000000ffff 00000000", 1002, "a length written far too long")]
    [InlineData("81 ff 8000000000000000 00000000", 1002, "a negative length")]
    [InlineData("88 81 00000000 03", 1002, "half a closing code")]
    [InlineData("88 82 00000000 03ed", 1002, "a closing code that may not be sent")]
    [InlineData("88 82 00000000 0000", 1002, "no closing code")]
    [InlineData("88 84 00000000 03e8 c328", 1007, "a closing reason that is not UTF-8")]
    [InlineData("81 82 00000000 c328", 1007, "text that is not UTF-8")]
    [InlineData("81 83 00000000 eda080", 1007, "half a surrogate pair")]
    [InlineData("81 84 00000000 f4908080", 1007, "beyond Unicode")]
    [InlineData("81 82 00000000 c0af", 1007, "an overlong character")]
    [InlineData("01 81 00000000 c3 80 81 00000000 28", 1007, "a character broken at a seam")]
    [InlineData("81 81 00000000 c3", 1007, "a character that ends early")]
    public async Task What_no_client_may_send_ends_its_connection_and_no_other(string hex, int code, string why)
    {
        _ = why;
        await using var healthy = await ConnectAsync(_site);
        await using var hostile = await ConnectAsync(_site);

        await hostile.SendAsync(Hex.Bytes(hex));

        Assert.Equal(code, await hostile.ReadToEndAsync());
        await healthy.CallAsync("1", "Echo", "well");
        Assert.Contains("well", await healthy.ReadMessageAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("88 80 00000000")]
    [InlineData("88 82 00000000 03e8")]
    [InlineData("88 85 00000000 03e8 627965")]
    [InlineData("88 82 00000000 0bb8")]
    public async Task A_goodbye_is_answered_and_the_connection_closed(string hex)
    {
        await using var client = await ConnectAsync(_site);

        await client.SendAsync(Hex.Bytes(hex));

        Assert.Equal(1000, await client.ReadToEndAsync());
    }

    [Fact]
    public async Task Wrong_requests_are_answered_as_SignalR_does()
    {
        using var http = new HttpClient { BaseAddress = new(_site.Urls.Single()) };
        using var plain = await http.GetAsync("/hub");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/hub");
        request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        request.Headers.TryAddWithoutValidation("Upgrade", "websocket");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Version", "13");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Key", "short");
        using var wrongKey = await http.SendAsync(request);

        Assert.Equal(400, (int)plain.StatusCode);
        Assert.Equal(400, (int)wrongKey.StatusCode);
    }
}
