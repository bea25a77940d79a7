using MusicSocial.DemoMusic.Scores;

namespace MusicSocial.DemoMusic.Performances;

/// <summary>A note as it will sound; ticks from the song's start, MIDI key and velocity.</summary>
internal sealed record PlayedNote(string Part, long Tick, long EndTick, int Key, int Velocity);

/// <summary>A syllable and the notes it is sung on.</summary>
internal sealed record SungSyllable(IReadOnlyList<PlayedNote> Notes)
{
    public long Tick => Notes[0].Tick;
    public long EndTick => Notes[^1].EndTick;
}

/// <summary>A word; its text keeps the blank behind it, so that the words of a line read in a row are the line.</summary>
internal sealed record SungWord(string Text, IReadOnlyList<SungSyllable> Syllables)
{
    public long Tick => Syllables[0].Tick;
    public long EndTick => Syllables[^1].EndTick;
}

/// <summary>A line as one voice sings it.</summary>
internal sealed record SungLine(string Part, string? Agent, string? Role, IReadOnlyList<SungWord> Words, string? Translation, string? Roman)
{
    public string Text => string.Concat(Words.Select(word => word.Text));
    public long Tick => Words[0].Tick;
    public long EndTick => Words[^1].EndTick;
}

/// <summary>A score worked out to the tick: what sounds, what is sung, and when the last bar ends.</summary>
internal sealed record Performance(Score Score, TempoMap Tempo, IReadOnlyList<PlayedNote> Notes, IReadOnlyList<SungLine> Lines, long EndTick);
