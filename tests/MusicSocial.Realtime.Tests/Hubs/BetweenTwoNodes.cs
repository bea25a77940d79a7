namespace MusicSocial.Realtime.Tests.Hubs;

/// <summary>A suite that holds wherever the two sides are: on two nodes, or both on one.</summary>
public abstract class BetweenTwoNodes : IAsyncLifetime
{
    internal PlainNode Here { get; private set; } = null!;

    internal PlainNode There { get; private set; } = null!;

    public async Task InitializeAsync() => (Here, There) = await StartAsync();

    public async Task DisposeAsync()
    {
        await Here.DisposeAsync();
        await There.DisposeAsync();
    }

    internal abstract Task<(PlainNode Here, PlainNode There)> StartAsync();
}
