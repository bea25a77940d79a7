namespace MusicSocial.Lyrics.Ttml;

/// <summary>The begin, end and duration an element declares.</summary>
internal readonly record struct TtmlRange(TtmlTime? Begin, TtmlTime? End, TtmlTime? Duration)
{
    /// <summary>Of a body, div or p: units count from the parent.</summary>
    public (int? StartMs, int? EndMs) Within(int parentMs)
    {
        var start = Begin?.From(parentMs);
        return (start, Earlier(End?.From(parentMs), After(start ?? parentMs)));
    }

    /// <summary>
    /// Of a span: units count from the line, unless the time already lies within the line (as AMLL and others write it).
    /// The end is understood as the begin is.
    /// </summary>
    public (int? StartMs, int? EndMs) WithinLine(int? lineStartMs, int? lineEndMs, int parentMs)
    {
        if (lineStartMs is not { } lineStart)
        {
            return Within(parentMs);
        }

        var deciding = Begin ?? End;
        var already = deciding is { } time && time.Milliseconds >= lineStart
            && time.Milliseconds <= (lineEndMs ?? LyricLimits.TimeMs);
        var range = already ? this with { Begin = Plain(Begin), End = Plain(End) } : this;
        return range.Within(lineStart);
    }

    private static TtmlTime? Plain(TtmlTime? time) => time is { } known ? TtmlTime.Absolute(known.Milliseconds) : null;

    private int? After(int startMs) => Duration is { } length ? TtmlTime.Relative(length.Milliseconds).From(startMs) : null;

    private static int? Earlier(int? one, int? other) => (one, other) switch
    {
        ({ } first, { } second) => int.Min(first, second),
        _ => one ?? other,
    };
}
