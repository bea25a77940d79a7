namespace MusicSocial.Lyrics;

/// <summary>
/// One timed piece of a line: a word, or a syllable when it does not end with a blank.
/// The texts of a line's words, joined, are the line's text.
/// </summary>
/// <param name="StartMs">Milliseconds from the start of the track; never before the previous word of the line.</param>
/// <param name="EndMs">Milliseconds, never before <paramref name="StartMs"/>; absent when the source does not say when a last word ends.</param>
/// <param name="Text">What is sung, with the blank that follows it, if one does.</param>
public readonly record struct LyricWord(int StartMs, int? EndMs, string Text)
{
    internal LyricWord ShiftedBy(int deltaMs) =>
        new(int.Max(0, StartMs + deltaMs), EndMs is { } end ? int.Max(0, end + deltaMs) : null, Text);
}
