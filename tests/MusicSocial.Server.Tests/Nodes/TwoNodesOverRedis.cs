using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.Nodes;

/// <summary>Two nodes that meet in a real Redis, under a key prefix of their own.</summary>
public sealed class TwoNodesOverRedis : TwoNodes
{
    private readonly string _prefix = $"nodes{Guid.CreateVersion7():n}";

    private protected override async Task<string?> RedisAsync() => $"{(await RedisServer.SharedAsync()).Address},prefix={_prefix}";
}
