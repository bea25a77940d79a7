using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;

namespace MusicSocial.Server.Accounts;

/// <summary>
/// Access tokens this node has read before, by their hash: whoever comes back with one is recognised without decrypting it again. A token means what it
/// did: when it ends is looked at each time, and nothing else ends it (<see cref="Sessions"/>).
/// </summary>
internal sealed class KnownTokens(TimeProvider time)
{
    /// <summary>Tokens in the younger of two generations, about 1 KB each; the older one, as large, is forgotten when this one is full.</summary>
    private const int MostPerGeneration = 16_384;

    private readonly record struct Hash(UInt128 Left, UInt128 Right);

    private volatile ConcurrentDictionary<Hash, AuthenticationTicket> _young = new();
    private volatile ConcurrentDictionary<Hash, AuthenticationTicket> _old = new();
    private int _kept;

    /// <summary>What the token says; null when it was not read before or has expired.</summary>
    public AuthenticationTicket? Find(string? token)
    {
        if (string.IsNullOrEmpty(token))
            return null;
        var hash = HashOf(token);
        if (!_young.TryGetValue(hash, out var ticket) && _old.TryGetValue(hash, out ticket))
            Keep(hash, ticket);
        return ticket?.Properties.ExpiresUtc > time.GetUtcNow() ? ticket : null;
    }

    /// <summary>Remembers what a token says that has just been read and found genuine.</summary>
    public void Remember(string token, AuthenticationTicket ticket) => Keep(HashOf(token), ticket);

    private void Keep(Hash hash, AuthenticationTicket ticket)
    {
        if (!_young.TryAdd(hash, ticket) || Interlocked.Increment(ref _kept) != MostPerGeneration)
            return;
        _kept = 0;
        (_old, _young) = (_young, new());
    }

    private static Hash HashOf(string token)
    {
        Hash hash = default;
        SHA256.HashData(MemoryMarshal.AsBytes(token.AsSpan()), MemoryMarshal.AsBytes(new Span<Hash>(ref hash)));
        return hash;
    }
}
