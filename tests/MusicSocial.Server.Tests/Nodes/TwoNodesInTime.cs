using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Server.Tests.Catalog;
using MusicSocial.Server.Tests.Playback;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.Nodes;

/// <summary>Two nodes of one hub whose time moves when told.</summary>
public sealed class TwoNodesInTime : IAsyncLifetime
{
    public TwoNodesInTime() => A = TwoNodes.Start(services: services => services.AddSingleton<TimeProvider>(Time));

    internal ManualTime Time { get; } = new();

    internal HubApp A { get; }

    internal HubApp B { get; private set; } = null!;

    public Track First { get; private set; } = null!;

    public Track Second { get; private set; } = null!;

    /// <summary>One more node.</summary>
    internal HubApp Another() => TwoNodes.Beside(A, services: services => services.AddSingleton<TimeProvider>(Time));

    public async Task InitializeAsync()
    {
        B = Another();
        First = await A.AddTrackAsync("First");
        Second = await A.AddTrackAsync("Second");
    }

    public async Task DisposeAsync()
    {
        await B.DisposeAsync();
        await A.DisposeAsync();
    }

    /// <summary>Somebody new, connected to a node.</summary>
    internal Task<Listener> ListenerAsync(HubApp node, string name = "Ann") => PlaybackHub.ListenerAsync(node, Time, name);

    /// <summary>Another device of the same person, connected to a node.</summary>
    internal async Task<Listener> AlsoAsync(HubApp node, Listener listener)
    {
        var person = TwoNodes.At(node, listener.Person);
        return new Listener(person, await HubClient.ConnectAsync(person), Time);
    }
}
