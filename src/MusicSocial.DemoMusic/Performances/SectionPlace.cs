using MusicSocial.DemoMusic.Scores;

namespace MusicSocial.DemoMusic.Performances;

/// <summary>A section laid down in the song, <paramref name="Start"/> beats from its beginning.</summary>
internal sealed record SectionPlace(Score Score, Section Section, IReadOnlyList<Chord> Chords, double Start)
{
    private const double MezzoForte = 78;

    public double Beats => Chords[^1].End;

    public long TickAt(double beat) => TempoMap.TickOf(Start + beat);

    /// <summary>The velocity the section's loudness asks for at a beat, its crescendo included.</summary>
    public double VelocityAt(double beat)
    {
        var share = Math.Clamp(beat / Beats, 0, 1);
        return MezzoForte * (Section.Level + ((Section.LevelTo ?? Section.Level) - Section.Level) * share);
    }

    public Part Part(string name) =>
        Score.Parts.GetValueOrDefault(name) ?? throw new FormatException($"{Score.Title}, {Section.Name}: there is no part '{name}'.");
}
