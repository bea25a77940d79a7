using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using MusicSocial.Realtime.Tests.Redis;
using MusicSocial.Realtime.Tests.Rig;

namespace MusicSocial.Realtime.Tests.Hubs;

/// <summary>What asking a client for a result promises, on whichever node the client is.</summary>
public sealed class ClientResultTests : TwoPlainNodes
{
    [Fact]
    public async Task Clients_answer_whoever_asks_and_answers_do_not_mix()
    {
        var (ann, bob) = (await Here.ConnectAsync(), await There.ConnectAsync());
        ann.Connection.On<int, int>("double", number => 2 * number);
        bob.Connection.On<int, int>("double", number => -2 * number);

        var asked = Enumerable.Range(1, 20).Select(async i =>
        {
            var node = i % 2 == 0 ? Here : There;
            Assert.Equal(2 * i, await node.Clients.Client(ann.Id).InvokeAsync<int>("double", i, default));
            Assert.Equal(-2 * i, await node.Clients.Client(bob.Id).InvokeAsync<int>("double", i, default));
        });

        await Eventually.Finishes(Task.WhenAll(asked));
    }

    [Fact]
    public async Task A_hub_method_asks_a_client_of_another_node()
    {
        var (ann, bob) = (await Here.ConnectAsync(), await There.ConnectAsync());
        bob.Connection.On("ask", () => 7);

        Assert.Equal(7, await Eventually.Finishes(ann.Connection.InvokeAsync<int>("Ask", bob.Id)));
    }

    [Fact]
    public async Task A_clients_failure_is_told()
    {
        var ann = await There.ConnectAsync();
        ann.Connection.On("ask", int () => throw new InvalidOperationException("No idea."));

        var failure = await FailsAsync<HubException>(Here.Clients.Client(ann.Id).InvokeAsync<int>("ask", default));
        Assert.Contains("No idea.", failure.Message, StringComparison.Ordinal);
        await FailsAsync<HubException>(Here.Clients.Client(ann.Id).InvokeAsync<int>("not listened to", default));
    }

    [Fact]
    public async Task An_answer_of_the_wrong_type_is_a_failure()
    {
        var ann = await There.ConnectAsync();
        ann.Connection.On("ask", () => "seven");

        await FailsAsync<HubException>(Here.Clients.Client(ann.Id).InvokeAsync<int>("ask", default));
    }

    [Fact]
    public async Task A_connection_that_does_not_exist_gives_none()
    {
        await FailsAsync<IOException>(Here.Clients.Client("nobody").InvokeAsync<int>("ask", default));
    }

    [Fact]
    public async Task A_client_that_goes_away_before_it_answers_gives_none()
    {
        var ann = await There.ConnectAsync();
        var asked = new TaskCompletionSource();
        ann.Connection.On("ask", () =>
        {
            asked.TrySetResult();
            return new TaskCompletionSource<int>().Task;
        });
        var result = Here.Clients.Client(ann.Id).InvokeAsync<int>("ask", default);
        await Eventually.Finishes(asked.Task);

        await ann.Connection.StopAsync();

        await FailsAsync<HubException>(result);
    }

    [Fact]
    public async Task Nobody_waits_for_a_cancelled_result_and_the_next_is_given()
    {
        var ann = await There.ConnectAsync();
        var answer = new TaskCompletionSource<int>();
        var asked = new TaskCompletionSource();
        ann.Connection.On("ask", () =>
        {
            asked.TrySetResult();
            return answer.Task;
        });
        using var cancellation = new CancellationTokenSource();
        var result = Here.Clients.Client(ann.Id).InvokeAsync<int>("ask", cancellation.Token);
        await Eventually.Finishes(asked.Task);

        await cancellation.CancelAsync();

        await FailsAsync<Exception>(result);
        answer.SetResult(8);
        Assert.Equal(8, await Eventually.Finishes(Here.Clients.Client(ann.Id).InvokeAsync<int>("ask", default)));
    }

    private static async Task<T> FailsAsync<T>(Task<int> result)
        where T : Exception => await Assert.ThrowsAnyAsync<T>(() => Eventually.Finishes(result));
}
