using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Realtime;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Server.CommandLine;
using MusicSocial.Server.Tests.Catalog;

namespace MusicSocial.Server.Tests.Nodes;

/// <summary>Two nodes of one hub: one database, one live state and one bus between them, each with connections and memory of its own.</summary>
public class TwoNodes : IAsyncLifetime
{
    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["Rooms:Grace"] = "00:00:02",
        ["Rooms:LookEvery"] = "00:00:00.3",
        ["Rooms:VotesAfter"] = "00:00:00",
        ["Rooms:CountEvery"] = "00:00:00.1",
    };

    internal HubApp A { get; private set; } = null!;

    internal HubApp B { get; private set; } = null!;

    public Track First { get; private set; } = null!;

    public Track Second { get; private set; } = null!;

    /// <summary>Where the nodes meet; null is in the memory of the first.</summary>
    private protected virtual Task<string?> RedisAsync() => Task.FromResult<string?>(null);

    /// <summary>A first node.</summary>
    internal static HubApp Start(string? redis = null, Action<IServiceCollection>? services = null) =>
        new(settings: With(redis), services: own =>
        {
            LongLeases(own);
            services?.Invoke(own);
        });

    /// <summary>Another node beside one that is there.</summary>
    internal static HubApp Beside(HubApp node, string? redis = null, Action<IServiceCollection>? services = null) => new(
        node.DataFolder,
        With(redis),
        own =>
        {
            LongLeases(own);
            if (redis is null)
            {
                Share<IPresence>();
                Share<ITopicBus>();
                Share<ITopicLog>();
                Share<IRevisionedState>();
            }

            // One embedded folder stands in for the database that nodes share; a hub would not start on it beside another.
            Share<DataFolderLock>();
            services?.Invoke(own);

            void Share<T>()
                where T : class => own.AddSingleton(node.Services.GetRequiredService<T>());
        });

    /// <summary>One more node.</summary>
    internal async Task<HubApp> AnotherAsync() => Beside(A, await RedisAsync());

    public async Task InitializeAsync()
    {
        A = Start(await RedisAsync());
        B = await AnotherAsync();
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

    private static Dictionary<string, string?> With(string? redis) => redis is null ? Settings : new(Settings) { ["Redis"] = redis };

    // In one process the first node renews only the leases of its own connections.
    private static void LongLeases(IServiceCollection services) =>
        services.Configure<RealtimeOptions>(options => options.PresenceLease = TimeSpan.FromHours(1));
}
