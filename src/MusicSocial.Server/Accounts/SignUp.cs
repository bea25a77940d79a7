using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Accounts;

/// <summary>Who may make an account on this hub.</summary>
internal sealed class SignUp(InvitationStore invitations, IOptions<AccountOptions> options, IHubClock clock)
{
    private const int CodeLength = 16;

    /// <summary>What a page that offers to sign up needs to know.</summary>
    public SignUpView View => new(options.Value.SignUp, options.Value.Guests);

    /// <summary>A new code of an invitation, about 77 bits.</summary>
    public static string NewCode() => Ids.NewCode(CodeLength);

    /// <summary>What is kept of a code.</summary>
    public static string HashOf(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code.Trim().ToUpperInvariant())));

    /// <summary>Refuses <c>account.sign_up_closed</c> where the hub takes no guests.</summary>
    public void RequireGuestsWelcome()
    {
        if (!options.Value.Guests)
            throw new RefusedException(AccountRefusals.GuestsNotWelcome);
    }

    /// <summary>
    /// Refuses <c>account.sign_up_closed</c>, and <c>account.invitation_invalid</c> where an invitation is needed. Returns the hash of the invitation that is to be used up
    /// when the account is made; null where none is needed.
    /// </summary>
    public async Task<string?> RequireOpenAsync(string? invite, CancellationToken cancellationToken)
    {
        if (options.Value.SignUp == SignUpMode.Open)
            return null;
        if (options.Value.SignUp == SignUpMode.Closed)
            throw new RefusedException(AccountRefusals.SignUpClosed);
        return invite is { Length: > 0 and <= 4 * CodeLength } && HashOf(invite) is var hash && await invitations.IsGoodAsync(hash, (long)clock.Now.Ms, cancellationToken)
            ? hash
            : throw new RefusedException(AccountRefusals.InvitationInvalid);
    }
}
