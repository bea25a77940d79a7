namespace MusicSocial.Server.Accounts;

/// <summary>The rules of handles, by which users find each other.</summary>
internal static class Handles
{
    public const int MinLength = 3;
    public const int MaxLength = 30;

    /// <summary>With what the handles of deleted accounts begin.</summary>
    public const string DeletedPrefix = "deleted-";

    /// <summary>The handle as it will be shown, or <c>account.handle_invalid</c>.</summary>
    public static string Check(string? handle)
    {
        var trimmed = Bare(handle ?? "");
        var valid = trimmed.Length is >= MinLength and <= MaxLength
            && char.IsAsciiLetterOrDigit(trimmed[0])
            && trimmed.All(IsHandleCharacter)
            // Reserved for guests and for those who left: a member must not be mistaken for one.
            && !trimmed.StartsWith("guest-", StringComparison.OrdinalIgnoreCase)
            && !trimmed.StartsWith(DeletedPrefix, StringComparison.OrdinalIgnoreCase);
        return valid ? trimmed : throw new RefusedException(AccountRefusals.HandleInvalid);
    }

    /// <summary>What one handle is compared by: people write it with and without <c>@</c>, in any case.</summary>
    public static string KeyOf(string handle) => Bare(handle).ToLowerInvariant();

    // All blanks and signs at once: a second look must find nothing more to strip, or one account has many names.
    private static string Bare(string handle)
    {
        var bare = handle.AsSpan();
        while (bare.Length > 0 && (bare[0] == '@' || char.IsWhiteSpace(bare[0])))
            bare = bare[1..];
        return bare.TrimEnd().ToString();
    }

    public static bool IsHandleCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_';
}
