namespace MusicSocial.Lyrics.Ttml;

/// <summary>The span a piece of text stands in: its number in the document, and its time or that of the span around it.</summary>
internal readonly record struct TtmlSpan(int Number, int? StartMs, int? EndMs)
{
    /// <summary>Directly in the line, outside of all spans.</summary>
    public static readonly TtmlSpan Line;

    public bool IsInner => Number > 0;
}
