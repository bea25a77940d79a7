using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Tests.Accounts;

/// <summary>Whoever is signed in on one node is signed in on all.</summary>
[Trait("Stores", "both")]
public sealed class SharedKeyTests
{
    [Fact]
    public async Task A_token_of_one_node_opens_the_doors_of_another()
    {
        var postgres = await TestStores.CreatePostgresAsync();
        await using var one = new HubApp(settings: new() { ["Postgres"] = postgres });
        await using var other = new HubApp(settings: new() { ["Postgres"] = postgres });
        var ann = await one.GuestAsync();

        other.Http.DefaultRequestHeaders.Authorization = ann.Http.DefaultRequestHeaders.Authorization;

        Assert.Equal(ann.User, await other.Http.GetAsync("/api/accounts/me").ReadAsync<User>());
    }

    [Fact]
    public async Task Nodes_that_start_together_agree_on_their_first_key()
    {
        var postgres = await TestStores.CreatePostgresAsync();
        List<Database> databases = [.. Enumerable.Range(0, 6).Select(_ => TestStores.Open(new StorageOptions { Postgres = postgres }))];

        var nodes = await Task.WhenAll(databases.Select(database => Task.Run(() => ProtectorOf(database))));
        var secrets = nodes.Select((node, i) => node.Protect($"secret {i}")).ToList();

        Assert.All(nodes, node => Assert.Equal(Enumerable.Range(0, 6).Select(i => $"secret {i}"), secrets.Select(node.Unprotect)));
        foreach (var database in databases)
            await database.DisposeAsync();
    }

    // Protecting makes the first key when there is none.
    private static IDataProtector ProtectorOf(Database database)
    {
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName("MusicSocial");
        services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = new SharedKeyStore(database));
        var protector = services.BuildServiceProvider().GetDataProtector("tests");
        protector.Protect("the first");
        return protector;
    }
}
