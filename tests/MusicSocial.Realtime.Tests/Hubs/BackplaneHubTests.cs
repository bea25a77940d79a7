using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Realtime.Hubs;
using MusicSocial.Realtime.Tests.Rig;
using MusicSocial.Realtime.Topics;

namespace MusicSocial.Realtime.Tests.Hubs;

public sealed class BackplaneHubTests : IAsyncLifetime
{
    private readonly PlainNode _node = new(services => services.AddRealtime().AddBackplaneHub<PlainHub>());

    private BackplaneHubLifetimeManager<PlainHub> Manager =>
        (BackplaneHubLifetimeManager<PlainHub>)_node.Get<HubLifetimeManager<PlainHub>>();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task A_client_that_does_not_read_delays_nobody_and_misses_nothing()
    {
        var ann = await _node.ConnectAsync();
        var (stalled, end) = await ConnectRawAsync();
        await stalled.StallAsync();

        // Together more than the pipe takes.
        for (var i = 0; i < 200; i++)
            await _node.Clients.All.SendAsync("say", new string('x', 1_000));

        await Eventually.Holds(() => ann.Heard.Length == 200, "the reader hears everything");
        Assert.True(stalled.Received.Count < 200);
        stalled.ReadOn();
        await Eventually.Holds(() => stalled.Received.Count(message => message.TryGetProperty("target", out _)) == 200, "so does the other, later");
        await stalled.CloseAsync();
        await Eventually.Finishes(end);
    }

    [Fact]
    public async Task A_client_for_which_too_much_waits_is_ended()
    {
        var (stalled, end) = await ConnectRawAsync();
        await stalled.StallAsync();
        var writer = _node.Get<TopicConnections>().Find(stalled.Id)!.Writer;
        var message = new SerializedHubMessage(new InvocationMessage("say", ["x"]));

        for (var i = 0; i < 20_000; i++)
            writer.Send(message);

        Assert.True(writer.IsStalled(TimeSpan.MaxValue));
        stalled.ReadOn();
        await Eventually.Holds(() => stalled.IsEnded, "ended");
        await stalled.CloseAsync();
        await Eventually.Finishes(end);
    }

    [Fact]
    public async Task Audiences_without_members_are_forgotten()
    {
        var ann = await _node.ConnectAsync("ann");
        await ann.Connection.InvokeAsync("Join", "x");
        await ann.Connection.InvokeAsync("Join", "y");
        Assert.Equal(4, Manager.AudienceCount);

        await ann.Connection.InvokeAsync("Leave", "x");
        Assert.Equal(3, Manager.AudienceCount);

        await ann.Connection.StopAsync();
        await Eventually.Holds(() => Manager.AudienceCount == 0, "nothing is left");
    }

    [Fact]
    public async Task Nobody_answers_for_another()
    {
        var (ann, end) = await ConnectRawAsync();
        var result = _node.Clients.Client(ann.Id).InvokeAsync<int>("ask", default);
        string? id = null;
        await Eventually.Holds(
            () => (id = ann.Received.Where(message => message.TryGetProperty("target", out _))
                .Select(message => message.GetProperty("invocationId").GetString()).FirstOrDefault()) is not null,
            "asked");

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Manager.SetConnectionResultAsync("somebody else", CompletionMessage.WithResult(id!, 1)));
        Assert.False(result.IsCompleted);

        await ann.SendAsync($$"""{"type":3,"invocationId":"{{id}}","result":2}""");
        Assert.Equal(2, await Eventually.Finishes(result));
        await ann.CloseAsync();
        await Eventually.Finishes(end);
    }

    [Fact]
    public async Task Its_connections_can_follow_topics_too()
    {
        var kind = new TestKind();
        await using var node = new PlainNode(services =>
        {
            services.AddSingleton<ITopicKind>(kind);
            services.AddRealtime().AddBackplaneHub<PlainHub>().AddTopicHub<PlainHub>();
        });
        var ann = await node.ConnectAsync("ann");

        await node.Get<ITopicSubscriptions>().FollowAsync(ann.Id, "ann", "test:song", null, default);
        await node.Clients.User("ann").SendAsync("say", "1");

        await Eventually.Holds(() => ann.Heard.Length == 1, "the plain message");
        await ann.Connection.StopAsync();
        await Eventually.Holds(() => kind.Journal.SequenceEqual(["+song ann", "-song ann"]), "followed and unfollowed");
    }

    /// <summary>Connects a client that shows messages as they are and reads only while asked to.</summary>
    private async Task<(TestClient Client, Task End)> ConnectRawAsync()
    {
        var (toServer, toClient) = (new Pipe(), new Pipe());
        var served = new DefaultConnectionContext("raw") { Transport = new PipePair(toServer.Reader, toClient.Writer) };
        var end = _node.ServeAsync(served);
        var client = new TestClient("raw", toClient.Reader, toServer.Writer);
        await client.HandshakeAsync();
        await Eventually.Holds(() => _node.Get<TopicConnections>().IsConnected("raw"), "the hub knows the connection");
        return (client, end);
    }
}
