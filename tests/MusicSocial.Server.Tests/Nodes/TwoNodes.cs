using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Realtime;
using MusicSocial.Realtime.Seams;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Tests.Catalog;

namespace MusicSocial.Server.Tests.Nodes;

/// <summary>Two nodes of one hub: one database, one live state and one bus between them, each with connections and memory of its own.</summary>
public sealed class TwoNodes : IAsyncLifetime
{
    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["Rooms:Grace"] = "00:00:02",
        ["Rooms:LookEvery"] = "00:00:00.3",
        ["Rooms:CountEvery"] = "00:00:00.1",
    };

    internal HubApp A { get; } = new(settings: Settings, services: LongLeases);

    internal HubApp B { get; private set; } = null!;

    public Track First { get; private set; } = null!;

    public Track Second { get; private set; } = null!;

    /// <summary>Another node beside one that is there.</summary>
    internal static HubApp Beside(HubApp node, Action<IServiceCollection>? services = null) => new(
        node.DataFolder,
        Settings,
        own =>
        {
            LongLeases(own);
            Share<ITopicBus>();
            Share<ITopicLog>();
            Share<IRevisionedState>();
            Share<IPresence>();
            services?.Invoke(own);

            void Share<T>()
                where T : class => own.AddSingleton(node.Services.GetRequiredService<T>());
        });

    public async Task InitializeAsync()
    {
        B = Beside(A);
        First = await A.AddTrackAsync("First", durationMs: 600_000);
        Second = await A.AddTrackAsync("Second");
    }

    public async Task DisposeAsync()
    {
        await B.DisposeAsync();
        await A.DisposeAsync();
    }

    /// <summary>Somebody new, connected to a node.</summary>
    internal static async Task<(Person Person, HubClient Client)> ConnectAsync(HubApp node, string name = "Ann")
    {
        var person = await node.GuestAsync(name);
        return (person, await HubClient.ConnectAsync(person));
    }

    /// <summary>The same person at another node.</summary>
    internal static Person At(HubApp node, Person person) => new(node, person.Session);

    // In one process the first node renews only the leases of its own connections.
    internal static void LongLeases(IServiceCollection services) =>
        services.Configure<RealtimeOptions>(options => options.PresenceLease = TimeSpan.FromHours(1));
}
