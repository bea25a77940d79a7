using MusicSocial.Realtime.Cluster;
using MusicSocial.TestRig;

namespace MusicSocial.Realtime.Tests.Rig;

/// <summary>Two nodes joined by a Redis, each with its own way there: the shared server, or a test's own.</summary>
internal sealed class NodePair(Action<RealtimeOptions>? configure = null, IUnsentEvents? unsent = null) : IAsyncDisposable
{
    private readonly string _prefix = $"test-{Guid.CreateVersion7():n}";

    public TestNode One { get; private set; } = null!;

    public TestNode Other { get; private set; } = null!;

    public async Task StartAsync(string? one = null, string? other = null)
    {
        one ??= (await RedisServer.SharedAsync()).Address;
        One = await TestNode.StartAsync($"{one},prefix={_prefix}", configure, unsent);
        Other = await TestNode.StartAsync($"{other ?? one},prefix={_prefix}", configure, unsent);
    }

    public async ValueTask DisposeAsync()
    {
        await One.DisposeAsync();
        await Other.DisposeAsync();
    }
}
