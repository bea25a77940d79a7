using System.Net.Http.Headers;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace MusicSocial.Server.Tests;

/// <summary>A signed-in user of a <see cref="HubApp"/>, with the doors open.</summary>
internal sealed class Person
{
    private readonly HubApp _app;

    public Person(HubApp app, Session session)
    {
        _app = app;
        Session = session;
        Http = new HttpClient { BaseAddress = app.Address };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.AccessToken);
    }

    public Session Session { get; }

    public User User => Session.User;

    public HttpClient Http { get; }

    /// <summary>Opens a hub connection, as a native client would: one WebSocket, no negotiation.</summary>
    public Task<HubConnection> ConnectAsync(IHubProtocol? protocol = null, string? from = null) =>
        TestHubConnection.StartAsync(_app.Address, Session.AccessToken, protocol, from);
}
