namespace MusicSocial.Lyrics.Lookup;

/// <summary>A line with text and the time it is on the screen, for formats that must say when a line ends.</summary>
internal readonly record struct ShownLine(LyricLine Line, int StartMs, int EndMs)
{
    private const int LastLineMs = 10_000;

    /// <summary>The lines with text, in the order of the sheet.</summary>
    public static IEnumerable<ShownLine> Of(LyricSheet sheet, int? durationMs) =>
        LineSpan.Of(sheet.Lines, durationMs ?? int.MaxValue)
            .OrderBy(span => span.Line)
            .Select(span => new ShownLine(
                sheet.Lines[span.Line],
                span.StartMs,
                int.Max(span.StartMs, span.EndMs == int.MaxValue ? span.StartMs + LastLineMs : span.EndMs)));
}
