using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using MusicSocial.Realtime.Hubs;
using MusicSocial.Realtime.Tests.Redis;
using MusicSocial.Realtime.Tests.Rig;

namespace MusicSocial.Realtime.Tests.Hubs;

/// <summary>What plain SignalR promises on one node, on two nodes over Redis.</summary>
public sealed class PlainHubTests : TwoPlainNodes
{
    [Fact]
    public async Task What_is_for_all_reaches_everybody_in_order()
    {
        var clients = new[] { await Here.ConnectAsync(), await There.ConnectAsync(), await There.ConnectAsync() };

        for (var i = 0; i < 100; i++)
            await Here.Clients.All.SendAsync("say", $"{i}");
        await Here.Clients.All.SendAsync("say", "end");

        foreach (var client in clients)
            Assert.Equal(Enumerable.Range(0, 100).Select(number => $"{number}"), await client.HeardBeforeEndAsync());
    }

    [Fact]
    public async Task Those_excepted_hear_nothing()
    {
        var (ann, bob, cid) = (await Here.ConnectAsync(), await There.ConnectAsync(), await There.ConnectAsync());

        await Here.Clients.AllExcept(ann.Id, bob.Id).SendAsync("say", "to cid");
        await bob.Connection.InvokeAsync("SayToOthers", "from bob");
        await Here.Clients.All.SendAsync("say", "end");

        Assert.Equal(["from bob"], await ann.HeardBeforeEndAsync());
        Assert.Empty(await bob.HeardBeforeEndAsync());
        Assert.Equal(["to cid", "from bob"], await cid.HeardBeforeEndAsync());
    }

    [Fact]
    public async Task A_group_is_one_on_all_nodes()
    {
        var (ann, bob, cid) = (await Here.ConnectAsync(), await There.ConnectAsync(), await There.ConnectAsync());
        await ann.Connection.InvokeAsync("Join", "a group: 100 % {odd} \u2603");
        await bob.Connection.InvokeAsync("Join", "a group: 100 % {odd} \u2603");
        await cid.Connection.InvokeAsync("Join", "another");

        await Here.Clients.Group("a group: 100 % {odd} \u2603").SendAsync("say", "1");
        await There.Clients.Group("nobody's").SendAsync("say", "2");
        await EndAsync(ann, bob, cid);

        Assert.Equal([["1"], ["1"], []], await HeardAsync(ann, bob, cid));
    }

    [Fact]
    public async Task Several_groups_and_exceptions_from_one()
    {
        var (ann, bob, cid) = (await Here.ConnectAsync(), await There.ConnectAsync(), await There.ConnectAsync());
        await ann.Connection.InvokeAsync("Join", "x");
        await bob.Connection.InvokeAsync("Join", "x");
        await cid.Connection.InvokeAsync("Join", "y");

        await Here.Clients.Groups("x", "y", "z").SendAsync("say", "1");
        await There.Clients.GroupExcept("x", ann.Id).SendAsync("say", "2");
        await bob.Connection.InvokeAsync("SayToOthersIn", "x", "3");
        await Here.Clients.Groups("x", "y").SendAsync("say", "end");

        Assert.Equal([["1", "3"], ["1", "2"], ["1"]], await HeardAsync(ann, bob, cid));
    }

    [Fact]
    public async Task A_user_hears_it_on_every_connection()
    {
        var (ann, again, bob, nobody) =
            (await Here.ConnectAsync("ann"), await There.ConnectAsync("ann"), await There.ConnectAsync("bob"), await There.ConnectAsync());

        await Here.Clients.User("ann").SendAsync("say", "1");
        await There.Clients.Users("ann", "bob", "cid").SendAsync("say", "2");
        await EndAsync(ann, again, bob, nobody);

        Assert.Equal([["1", "2"], ["1", "2"], ["2"], []], await HeardAsync(ann, again, bob, nobody));
    }

    [Fact]
    public async Task One_connection_is_reached_from_anywhere()
    {
        var (ann, bob) = (await Here.ConnectAsync(), await There.ConnectAsync());

        await Here.Clients.Client(bob.Id).SendAsync("say", "1");
        await There.Clients.Clients(ann.Id, bob.Id, "nobody").SendAsync("say", "2");
        await ann.Connection.InvokeAsync("SayToMe", "3");
        await Here.Clients.Client("nobody").SendAsync("say", "4");
        await There.Clients.Client(ann.Id).SendAsync("say", "end");
        await Here.Clients.Client(bob.Id).SendAsync("say", "end");

        Assert.Equal(["2", "3"], (await ann.HeardBeforeEndAsync()).Order());
        Assert.Equal(["1", "2"], (await bob.HeardBeforeEndAsync()).Order());
    }

    [Fact]
    public async Task Groups_are_changed_from_another_node_and_twice_is_once()
    {
        var ann = await There.ConnectAsync();

        await Here.Groups.AddToGroupAsync(ann.Id, "x");
        await Here.Groups.AddToGroupAsync(ann.Id, "x");
        await There.Groups.AddToGroupAsync(ann.Id, "x");
        await Here.Clients.Group("x").SendAsync("say", "1");
        await Eventually.Holds(() => ann.Heard.Length > 0, "heard in the group");
        await Here.Groups.RemoveFromGroupAsync(ann.Id, "x");
        await Here.Groups.RemoveFromGroupAsync(ann.Id, "x");
        await Here.Groups.RemoveFromGroupAsync(ann.Id, "never joined");
        await Here.Clients.Group("x").SendAsync("say", "2");
        await Here.Groups.AddToGroupAsync(ann.Id, "x");
        await Here.Clients.Group("x").SendAsync("say", "end");

        Assert.Equal(["1"], await ann.HeardBeforeEndAsync());
    }

    [Fact]
    public async Task Who_has_gone_harms_nobody()
    {
        var (ann, bob, cid) = (await Here.ConnectAsync("ann"), await There.ConnectAsync("ann"), await There.ConnectAsync());
        foreach (var client in new[] { ann, bob, cid })
            await client.Connection.InvokeAsync("Join", "x");

        await cid.Connection.StopAsync();
        await bob.Connection.StopAsync();
        await Here.Clients.Group("x").SendAsync("say", "1");
        await Here.Clients.User("ann").SendAsync("say", "2");
        await There.Clients.Client(bob.Id ?? "gone").SendAsync("say", "3");
        await Here.Clients.All.SendAsync("say", "4");
        await Eventually.Holds(() => ann.Heard.Length == 3, "the three for ann");

        Assert.Equal(["1", "2", "4"], ann.Heard.Order());
        Assert.Empty(bob.Heard);
    }

    [Fact]
    public async Task Both_protocols_hear_the_same()
    {
        var (json, packed) = (await There.ConnectAsync(), await There.ConnectAsync(null, one => one.AddMessagePackWire()));
        packed.Connection.On("ask", () => 6);

        await Here.Clients.All.SendAsync("say", "grüße");
        await Here.Clients.All.SendAsync("say", "end");

        Assert.Equal([["grüße"], ["grüße"]], await HeardAsync(json, packed));
        Assert.Equal(6, await Here.Clients.Client(packed.Id).InvokeAsync<int>("ask", default));
    }

    [Fact]
    public async Task Many_join_and_leave_at_once()
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? Here : There).ConnectAsync()));

        await Task.WhenAll(clients.SelectMany((client, i) => Enumerable.Range(0, 5).Select(async group =>
        {
            await client.Connection.InvokeAsync("Join", $"group-{group}");
            if (i % 4 == 3)
                await client.Connection.InvokeAsync("Leave", $"group-{group}");
        })));
        for (var group = 0; group < 5; group++)
            await Here.Clients.Group($"group-{group}").SendAsync("say", $"{group}");

        await Eventually.Holds(() => clients.Where((_, i) => i % 4 != 3).All(client => client.Heard.Length == 5), "five groups heard");
        Assert.All(clients.Where((_, i) => i % 4 == 3), client => Assert.Empty(client.Heard));
    }

    private static async Task<string[][]> HeardAsync(params PlainClient[] clients) =>
        await Task.WhenAll(clients.Select(client => client.HeardBeforeEndAsync()));

    // What came by topics is on its way independently of what goes to a connection.
    private async Task EndAsync(params PlainClient[] clients)
    {
        await Task.Delay(50);
        foreach (var client in clients)
            await There.Clients.Client(client.Id).SendAsync("say", "end");
    }
}
