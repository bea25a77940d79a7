using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Realtime.Tests.Rig;
using MusicSocial.Realtime.Topics;
using MusicSocial.Realtime.Transport;
using static MusicSocial.Realtime.Tests.Rig.WireClient;

namespace MusicSocial.Realtime.Tests.Transport;

/// <summary>What SignalR's own transport does for a connection, ours does, too.</summary>
public sealed class WebSocketConnectionTests
{
    [Fact]
    public async Task It_is_ours()
    {
        await using var site = await TestSite.StartOnSocketsAsync();
        await using var client = await ConnectAsync(site);

        Assert.Equal(1, site.Services.GetRequiredService<WebSocketConnections>().Count);
        await client.SendAsync(Frame(Close, []));
        await client.ReadToEndAsync();
        await Eventually.Holds(() => site.Services.GetRequiredService<WebSocketConnections>().Count == 0, "forgotten");
    }

    [Fact]
    public async Task It_works_encrypted()
    {
        await using var site = await TestSite.StartEncryptedAsync();
        await using var client = await ConnectAsync(site);

        await client.CallAsync("1", "Follow", "test:song", null);
        Assert.Contains("\"recovered\":false", await client.ReadMessageAsync(), StringComparison.Ordinal);
        await client.CallAsync("2", "Publish", "test:song", "chat", new string('x', 20_000));
        string[] both = [await client.ReadMessageAsync(), await client.ReadMessageAsync()];

        Assert.Single(both, message => message.Contains("\"target\":\"Frame\"", StringComparison.Ordinal));
        Assert.Single(both, message => message.Contains("\"invocationId\":\"2\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_quiet_client_is_pinged_and_one_that_does_not_answer_is_closed()
    {
        await using var site = await TestSite.StartOnSocketsAsync(hub: hub =>
        {
            hub.KeepAliveInterval = TimeSpan.FromMilliseconds(300);
            hub.ClientTimeoutInterval = TimeSpan.FromSeconds(3);
        });
        await using var client = await ConnectAsync(site);
        // SignalR expects pings of a client that has sent one.
        await client.SendAsync(Frame(Text, "{\"type\":6}\u001e"u8.ToArray()));

        var ping = await Eventually.Finishes(client.ReadFrameAsync());

        Assert.Equal("{\"type\":6}\u001e", System.Text.Encoding.UTF8.GetString(ping.Payload));
        Assert.Equal(1000, await client.ReadToEndAsync());
    }

    [Fact]
    public async Task One_that_is_silent_is_asked_whether_it_is_there_and_cut_when_it_does_not_say()
    {
        await using var site = await TestSite.StartOnSocketsAsync(options => options.StallTimeout = TimeSpan.FromSeconds(2));
        await using var client = await ConnectAsync(site);

        Assert.Equal(Ping, (await Eventually.Finishes(client.ReadFrameAsync())).Opcode);
        await client.SendAsync(Frame(Pong, []));
        Assert.Equal(Ping, (await Eventually.Finishes(client.ReadFrameAsync())).Opcode);

        Assert.Equal(0, await client.ReadToEndAsync());
    }

    [Fact]
    public async Task It_ends_with_the_token_it_was_opened_with()
    {
        DateTimeOffset? end = null;
        await using var site = await TestSite.StartAsync(
            host => host.UseUrls("http://127.0.0.1:0"),
            pipeline: app => app.Use(next => http =>
            {
                // Tickets keep whole seconds only.
                var properties = new AuthenticationProperties { ExpiresUtc = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(3) };
                end = properties.ExpiresUtc;
                http.Features.Set<IAuthenticateResultFeature>(new SignedIn(properties));
                return next(http);
            }));
        await using var client = await ConnectAsync(site);

        Assert.Contains("\"type\":7", await client.ReadMessageAsync(), StringComparison.Ordinal);
        Assert.True(TimeProvider.System.GetUtcNow() >= end);
        Assert.Equal(1000, await client.ReadToEndAsync());
    }

    private sealed class SignedIn(AuthenticationProperties properties) : IAuthenticateResultFeature
    {
        public AuthenticateResult? AuthenticateResult { get; set; } = AuthenticateResult.Success(
            new(new(), properties, "test"));
    }

    [Fact]
    public async Task One_that_sends_too_many_frames_is_closed()
    {
        await using var site = await TestSite.StartOnSocketsAsync(options => (options.ReceivedFramesPerSecond, options.ReceivedFrameBurst) = (1, 50));
        await using var client = await ConnectAsync(site);

        await client.SendAsync([.. Enumerable.Repeat(Frame(Pong, []), 60).SelectMany(frame => frame)]);

        Assert.Equal(1008, await client.ReadToEndAsync());
    }

    [Fact]
    public async Task One_that_announces_too_many_bytes_is_closed_before_it_has_sent_them()
    {
        await using var site = await TestSite.StartOnSocketsAsync(options => (options.ReceivedBytesPerSecond, options.ReceivedByteBurst) = (1_024, 50_000));
        await using var client = await ConnectAsync(site);

        await client.SendAsync(Frame(Text, new byte[60_000])[..100]);

        Assert.Equal(1008, await client.ReadToEndAsync());
    }

    [Fact]
    public async Task A_hub_message_larger_than_allowed_ends_the_connection_before_it_is_complete()
    {
        await using var site = await TestSite.StartOnSocketsAsync(hub: hub => hub.MaximumReceiveMessageSize = 1_000);
        await using var client = await ConnectAsync(site);

        await client.SendAsync(Frame(Text, Call("1", "Echo", new string('x', 100_000)))[..2_000]);

        Assert.Contains("\"type\":7", await client.ReadMessageAsync(), StringComparison.Ordinal);
        Assert.Equal(1000, await client.ReadToEndAsync());
    }

    [Fact]
    public async Task A_hub_can_cut_it()
    {
        await using var site = await TestSite.StartOnSocketsAsync();
        await using var client = await ConnectAsync(site);

        await client.CallAsync("1", "Break");

        Assert.Equal(0, await client.ReadToEndAsync());
        await Eventually.Holds(() => site.Services.GetRequiredService<TopicConnections>().Count == 0, "gone");
    }

    [Fact]
    public async Task A_host_that_stops_says_goodbye()
    {
        await using var site = await TestSite.StartOnSocketsAsync();
        await using var client = await ConnectAsync(site);

        var stopping = site.StopAsync();

        Assert.Contains("\"type\":7", await client.ReadMessageAsync(), StringComparison.Ordinal);
        Assert.Equal(1000, await client.ReadToEndAsync());
        await Eventually.Finishes(stopping);
    }

    [Fact]
    public async Task One_that_vanishes_in_mid_message_leaves_nothing_behind()
    {
        await using var site = await TestSite.StartOnSocketsAsync();
        var client = await ConnectAsync(site);
        await client.CallAsync("1", "Follow", "test:song", null);
        await client.ReadMessageAsync();

        await client.SendAsync(Frame(Text, Call("2", "Echo", "half"))[..20]);
        client.Socket.LingerState = new(true, 0);
        await client.DisposeAsync();

        await Eventually.Holds(() => site.Services.GetRequiredService<TopicConnections>().Count == 0, "gone");
        Assert.Equal(0, site.Services.GetRequiredService<ITopicSubscriptions>().LocalFollowers("test:song"));
    }
}
