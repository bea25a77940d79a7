using MusicSocial.Lyrics.Drafting;

namespace MusicSocial.Lyrics.Lrc;

/// <summary>Words inside an LRC line: after <c>&lt;stamps&gt;</c> (enhanced LRC), or between bracket stamps (ESLyric).</summary>
internal static class LrcWords
{
    /// <summary>Finds the first <c>&lt;stamp&gt;</c>, which makes the line one of words.</summary>
    public static bool TryFindMark(ReadOnlySpan<char> text, out int milliseconds) =>
        TryFind(text, '<', '>', out milliseconds, out _, out _);

    /// <summary>Takes the words after <c>&lt;stamps&gt;</c>; text before the first one starts with the line.</summary>
    public static void TakeMarked(ReadOnlySpan<char> text, int lineStartMs, WordRun words)
    {
        var start = lineStartMs;
        while (TryFind(text, '<', '>', out var next, out var at, out var length))
        {
            if (at > 0)
            {
                words.Add(start, null, text[..at]);
            }

            words.EndLast(next);
            start = next;
            text = text[(at + length)..];
        }

        if (!text.IsEmpty)
        {
            words.Add(start, null, text);
        }
    }

    /// <summary>Takes the <c>[stamp]</c> off with which SPL ends a line of words; null when there is none, or one before the words.</summary>
    public static int? TakeEnd(ref ReadOnlySpan<char> text, int firstMs)
    {
        var open = text is [.., ']'] ? text.LastIndexOf('[') : -1;
        if (open < 0 || !LrcStamp.TryRead(text[open..], '[', ']', out var endMs, out var length) || open + length < text.Length || endMs < firstMs)
        {
            return null;
        }

        text = text[..open];
        return endMs;
    }

    /// <summary>
    /// Finds out whether bracket stamps make words of the line: only if it ends with one and they never go back.
    /// </summary>
    /// <param name="text">What follows the line's own stamps.</param>
    /// <param name="firstMs">The first stamp inside the line.</param>
    public static bool AreBetweenBrackets(ReadOnlySpan<char> text, out int firstMs)
    {
        firstMs = -1;
        if (text.IsEmpty || text[^1] != ']')
        {
            return false;
        }

        var last = 0;
        var endsWithStamp = false;
        while (TryFind(text, '[', ']', out var stamp, out var at, out var length))
        {
            if (stamp < last)
            {
                return false;
            }

            firstMs = firstMs < 0 ? stamp : firstMs;
            last = stamp;
            text = text[(at + length)..];
            endsWithStamp = text.IsEmpty;
        }

        return endsWithStamp;
    }

    /// <summary>Takes the words of a line that <see cref="AreBetweenBrackets"/>: each ends where the next stamp stands.</summary>
    public static void TakeBetweenBrackets(ReadOnlySpan<char> text, int lineStartMs, WordRun words)
    {
        var start = lineStartMs;
        while (TryFind(text, '[', ']', out var next, out var at, out var length))
        {
            words.Add(start, next, text[..at]);
            start = next;
            text = text[(at + length)..];
        }
    }

    private static bool TryFind(
        ReadOnlySpan<char> text, char open, char close, out int milliseconds, out int at, out int length)
    {
        at = 0;
        while (true)
        {
            var step = text[at..].IndexOf(open);
            if (step < 0)
            {
                milliseconds = 0;
                length = 0;
                return false;
            }

            at += step;
            if (LrcStamp.TryRead(text[at..], open, close, out milliseconds, out length))
            {
                return true;
            }

            at++;
        }
    }
}
