using Microsoft.AspNetCore.SignalR;

namespace MusicSocial.Realtime.Tests.Hubs;

/// <summary>A hub as anybody would write it, knowing nothing of topics.</summary>
internal sealed class PlainHub : Hub
{
    public string WhoAmI() => Context.ConnectionId;

    public Task Join(string group) => Groups.AddToGroupAsync(Context.ConnectionId, group);

    public Task Leave(string group) => Groups.RemoveFromGroupAsync(Context.ConnectionId, group);

    public Task SayToOthers(string text) => Clients.Others.SendAsync("say", text);

    public Task SayToOthersIn(string group, string text) => Clients.OthersInGroup(group).SendAsync("say", text);

    public Task SayToMe(string text) => Clients.Caller.SendAsync("say", text);

    public Task<int> Ask(string connectionId) => Clients.Client(connectionId).InvokeAsync<int>("ask", Context.ConnectionAborted);
}
