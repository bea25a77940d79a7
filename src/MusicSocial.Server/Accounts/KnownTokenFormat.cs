using Microsoft.AspNetCore.Authentication;

namespace MusicSocial.Server.Accounts;

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
        if (ticket is not null)
            known.Remember(protectedText!, ticket);
        return ticket;
    }
}
