using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Realtime.Tests.Rig;
using MusicSocial.Realtime.Topics;

namespace MusicSocial.Realtime.Tests.Transport;

/// <summary>Clients that do not read, over real sockets: the kernel is full, and no other client notices.</summary>
public sealed class SlowClientTests : IAsyncDisposable
{
    private const string Topic = "test:song";
    private const int Events = 400;
    private const int EventBytes = 20_000;

    private WebApplication _site = null!;

    private ITopicPublisher Publisher => _site.Services.GetRequiredService<ITopicPublisher>();

    private ITopicSubscriptions Subscriptions => _site.Services.GetRequiredService<ITopicSubscriptions>();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task One_that_reads_nothing_delays_nobody_and_is_cut_off_at_last()
    {
        await StartAsync(stallSeconds: 3);
        await using var quick = await FollowAsync();
        await using var stalled = await FollowAsync(receiveBuffer: 4_096);

        await PublishAndReadAsync(quick);

        await Eventually.Holds(() => Subscriptions.LocalFollowers(Topic) == 1, "the stalled one is cut off");
        await AnswersAsync(quick);
    }

    [Fact]
    public async Task One_that_reads_a_byte_a_second_delays_nobody()
    {
        await StartAsync(stallSeconds: 60);
        await using var quick = await FollowAsync();
        await using var dripping = await FollowAsync(receiveBuffer: 4_096);
        using var enough = new CancellationTokenSource();
        var drips = DripAsync(dripping, enough.Token);

        await PublishAndReadAsync(quick);

        await enough.CancelAsync();
        await drips;
        await AnswersAsync(quick);
    }

    [Fact]
    public async Task One_that_reads_on_late_gets_what_is_left_in_order_and_is_told_of_the_rest()
    {
        await StartAsync(stallSeconds: 60);
        await using var quick = await FollowAsync();
        await using var late = await FollowAsync(receiveBuffer: 4_096);

        await PublishAndReadAsync(quick);

        var last = 0L;
        while (true)
        {
            var message = JsonDocument.Parse(await late.ReadMessageAsync()).RootElement;
            if (!message.TryGetProperty("target", out var target))
                continue;
            var push = message.GetProperty("arguments")[0];
            Assert.Equal(last + 1, push.GetProperty("from").GetInt64());
            last = push.GetProperty("to").GetInt64();
            if (target.GetString() == "Gap")
                break;
        }

        Assert.Equal(Events, last);
        await AnswersAsync(late);
    }

    [Fact]
    public async Task One_that_vanishes_without_closing_is_found_out()
    {
        await StartAsync(stallSeconds: 3);
        await using var quick = await FollowAsync();
        await using var gone = await FollowAsync(receiveBuffer: 4_096);
        // Its machine is still there and answers for TCP, but the client reads and writes no more.
        var answering = KeepAnsweringAsync(quick);

        await Eventually.Holds(() => Subscriptions.LocalFollowers(Topic) == 1, "found out");

        await quick.SendAsync(WireClient.Frame(WireClient.Close, []));
        await answering;
    }

    private static async Task KeepAnsweringAsync(WireClient client)
    {
        while (await client.ReadFrameAsync() is { Opcode: WireClient.Ping })
            await client.SendAsync(WireClient.Frame(WireClient.Pong, []));
    }

    private static async Task DripAsync(WireClient client, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                await client.ReadAsync(1);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // Enough, or cut off.
        }
    }

    private static async Task AnswersAsync(WireClient client)
    {
        await client.CallAsync("well", "Echo", "well");
        string message;
        do
            message = await client.ReadMessageAsync();
        while (!message.Contains("\"invocationId\":\"well\"", StringComparison.Ordinal));
    }

    private async Task StartAsync(double stallSeconds) =>
        _site = await TestSite.StartOnSocketsAsync(options =>
        {
            options.BusyInterval = TimeSpan.FromMilliseconds(1);
            options.SendBuffer = 8_192;
            options.StallTimeout = TimeSpan.FromSeconds(stallSeconds);
        });

    private async Task<WireClient> FollowAsync(int receiveBuffer = 0)
    {
        var client = await WireClient.ConnectAsync(_site, receiveBuffer);
        await client.CallAsync("follow", "Follow", Topic, null);
        Assert.Contains("\"invocationId\":\"follow\"", await client.ReadMessageAsync(), StringComparison.Ordinal);
        return client;
    }

    // 8 MB, twice what the ring keeps, at the pace of the one who reads: it must never wait for the one who does not.
    private async Task PublishAndReadAsync(WireClient quick)
    {
        var text = new string('x', EventBytes);
        for (var number = 1; number <= Events; number++)
        {
            await Publisher.PublishAsync(Topic, "text", text, null, default);
            var frame = JsonDocument.Parse(await quick.ReadMessageAsync()).RootElement.GetProperty("arguments")[0];
            Assert.Equal(number, frame.GetProperty("to").GetInt64());
        }
    }
}
