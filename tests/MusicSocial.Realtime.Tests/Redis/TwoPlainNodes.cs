using MusicSocial.Realtime.Tests.Hubs;
using MusicSocial.TestRig;

namespace MusicSocial.Realtime.Tests.Redis;

/// <summary>Two nodes that serve <see cref="PlainHub"/> over one Redis.</summary>
public abstract class TwoPlainNodes : IAsyncLifetime
{
    internal PlainNode Here { get; private set; } = null!;

    internal PlainNode There { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var connection = $"{(await RedisServer.SharedAsync()).Address},prefix=test-{Guid.CreateVersion7():n}";
        (Here, There) = (new(connection), new(connection));
    }

    public async Task DisposeAsync()
    {
        await Here.DisposeAsync();
        await There.DisposeAsync();
    }
}
