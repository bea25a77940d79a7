using MusicSocial.Sync;

namespace MusicSocial.Server.Accounts;

/// <summary>The rule of handles: what people type to find each other.</summary>
internal static class Handles
{
    public const int MinLength = 3;
    public const int MaxLength = 30;

    /// <summary>The handle as it will be shown, or <c>account.handle_invalid</c>.</summary>
    public static string Check(string? handle)
    {
        var trimmed = (handle ?? "").Trim().TrimStart('@');
        var valid = trimmed.Length is >= MinLength and <= MaxLength
            && char.IsAsciiLetterOrDigit(trimmed[0])
            && trimmed.All(IsHandleCharacter)
            // Reserved, so that nobody can pass for a guest or be passed for one.
            && !trimmed.StartsWith("guest-", StringComparison.OrdinalIgnoreCase);
        return valid ? trimmed : throw new RefusedException(AccountRefusals.HandleInvalid);
    }

    public static bool IsHandleCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_';
}
