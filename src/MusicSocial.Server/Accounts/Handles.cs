using MusicSocial.Sync;

namespace MusicSocial.Server.Accounts;

/// <summary>The rule of handles: what people type to find each other.</summary>
internal static class Handles
{
    public const int MaxLength = 30;

    /// <summary>The handle as it will be shown, or <c>account.handle_invalid</c>.</summary>
    public static string Check(string? handle)
    {
        var trimmed = (handle ?? "").Trim().TrimStart('@');
        var valid = trimmed.Length is >= 3 and <= MaxLength
            && char.IsAsciiLetterOrDigit(trimmed[0])
            && trimmed.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_')
            // Reserved, so that nobody can pass for a guest or be passed for one.
            && !trimmed.StartsWith("guest-", StringComparison.OrdinalIgnoreCase);
        return valid ? trimmed : throw new RefusedException(AccountRefusals.HandleInvalid);
    }
}
