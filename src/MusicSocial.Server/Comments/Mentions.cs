using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Comments;

/// <summary>Finds <c>@handle</c> in a text.</summary>
internal static class Mentions
{
    /// <summary>The handles named, each once, in order; an address such as <c>a@b.example</c> names nobody.</summary>
    public static IEnumerable<string> In(string text) => Scan(text).Distinct(StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Scan(string text)
    {
        for (var at = text.IndexOf('@'); at >= 0; at = text.IndexOf('@', at + 1))
        {
            if (at > 0 && char.IsLetterOrDigit(text[at - 1]))
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
}
