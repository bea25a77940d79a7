using MusicSocial.TestRig;

namespace MusicSocial.Client.Tests;

/// <summary>One hub for the tests that do it no harm.</summary>
public sealed class HubFixture : IAsyncLifetime
{
    internal HubProcess Hub { get; private set; } = null!;

    public async Task InitializeAsync() => Hub = await TestHub.StartAsync();

    public async Task DisposeAsync() => await Hub.DisposeAsync();
}
