using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Comments;

/// <summary>Finds <c>@handle</c> in a text.</summary>
internal static class Mentions
{
    /// <summary>The handles named, each once, in order; an address such as <c>a@b.example</c> is no mention, and neither is part of a link.</summary>
    public static IEnumerable<string> In(string text) => Scan(text).Distinct(StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Scan(string text)
    {
        for (var at = text.IndexOf('@'); at >= 0; at = text.IndexOf('@', at + 1))
        {
            if (IsInAddress(text, at))
                continue;
            var end = at + 1;
            while (end < text.Length && end - at <= Handles.MaxLength && Handles.IsHandleCharacter(text[end]))
                end++;
            // A full stop after a name ends the sentence, not the name.
            var handle = text[(at + 1)..end].TrimEnd('.', '-', '_');
            if (handle.Length >= Handles.MinLength)
                yield return handle;
        }
    }

    // Addresses are written in ASCII: letters of scripts without blanks stand right before a name.
    private static bool IsInAddress(string text, int at)
    {
        if (at > 0 && (char.IsAsciiLetterOrDigit(text[at - 1]) || text[at - 1] is '/' or '_' or '+'))
            return true;
        var start = at;
        while (start > 0 && text[start - 1] is > ' ' and <= '~')
            start--;
        var before = text.AsSpan(start, at - start);
        return before.Contains("://", StringComparison.Ordinal) || before.StartsWith("www.", StringComparison.OrdinalIgnoreCase);
    }
}
