namespace MusicSocial.Server.Tests;

/// <summary>One hub for all tests of a class (<c>IClassFixture</c>), which make people and tracks of their own: starting a hub is most of a short test's time.</summary>
public class SharedHub : IAsyncLifetime
{
    public SharedHub()
        : this([])
    {
    }

    private protected SharedHub(Dictionary<string, string?> settings) => App = new(settings: settings);

    internal HubApp App { get; }

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => App.DisposeAsync().AsTask();
}
