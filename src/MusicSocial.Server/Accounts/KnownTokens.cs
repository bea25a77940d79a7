using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;

namespace MusicSocial.Server.Accounts;

/// <summary>
/// Access tokens this node has read before, by their hash, so that a returning client is recognised without decrypting the token again. A token's
/// content does not change: its expiry is checked each time, and whether its session has ended.
/// </summary>
/// <param name="hasEnded">Whether a session, by its id, has ended.</param>
/// <param name="time">The clock tokens expire by.</param>
internal sealed class KnownTokens(Predicate<string?> hasEnded, TimeProvider time)
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
        return ticket?.Properties.ExpiresUtc > time.GetUtcNow() && IsOpen(ticket) ? ticket : null;
    }

    /// <summary>Whether the session of a genuine token goes on.</summary>
    public bool IsOpen(AuthenticationTicket ticket) => !hasEnded(ticket.Principal.FindFirstValue(Sessions.SessionClaim));

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

/// <summary>Reads access tokens, each of them once.</summary>
internal sealed class KnownTokenFormat(ISecureDataFormat<AuthenticationTicket> tokens, KnownTokens known) : ISecureDataFormat<AuthenticationTicket>
{
    public string Protect(AuthenticationTicket data) => tokens.Protect(data);

    public string Protect(AuthenticationTicket data, string? purpose) => tokens.Protect(data, purpose);

    public AuthenticationTicket? Unprotect(string? protectedText) => Unprotect(protectedText, null);

    public AuthenticationTicket? Unprotect(string? protectedText, string? purpose)
    {
        if (purpose is not null)
            return tokens.Unprotect(protectedText, purpose);
        if (known.Find(protectedText) is { } ticket)
            return ticket;
        ticket = tokens.Unprotect(protectedText);
        if (ticket is null || !known.IsOpen(ticket))
            return null;
        known.Remember(protectedText!, ticket);
        return ticket;
    }
}
