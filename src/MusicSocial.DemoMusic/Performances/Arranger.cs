using MusicSocial.DemoMusic.Scores;

namespace MusicSocial.DemoMusic.Performances;

/// <summary>Works a score out into a performance: lays the sections end to end, places tunes, words and accompaniment on ticks.</summary>
internal static class Arranger
{
    private const double DefaultBpm = 90;
    private const double RampStepBeats = 0.5;

    public static Performance Arrange(Score score)
    {
        var touch = new Touch(score.Seed);
        var notes = new List<PlayedNote>();
        var lines = new List<SungLine>();
        var tempo = new List<(long Tick, double Bpm)>();
        var start = 0.0;
        var bpm = DefaultBpm;
        foreach (var section in score.Sections)
        {
            var chords = Harmony.Parse(score.Chords.GetValueOrDefault(section.Chords, section.Chords), score.BarBeats);
            var place = new SectionPlace(score, section, chords, start);
            bpm = LayTempo(tempo, place, section.Bpm ?? bpm);
            foreach (var voice in section.Voices)
                VoiceWriter.Write(place, voice, touch, notes, lines);
            foreach (var accompaniment in section.Plays)
                AccompanimentWriter.Write(place, accompaniment, touch, notes);
            start += place.Beats;
        }

        return new Performance(
            score,
            new TempoMap(tempo),
            [.. notes.OrderBy(note => note.Tick).ThenBy(note => note.Key)],
            [.. lines.OrderBy(line => line.Tick)],
            TempoMap.TickOf(start));
    }

    private static double LayTempo(List<(long Tick, double Bpm)> tempo, SectionPlace place, double bpm)
    {
        tempo.Add((TempoMap.TickOf(place.Start), bpm));
        if (place.Section.BendTo is not { } target)
            return bpm;
        var from = place.Beats - place.Section.BendBeats;
        for (var beat = from; beat < place.Beats; beat += RampStepBeats)
            tempo.Add((TempoMap.TickOf(place.Start + beat), bpm + (target - bpm) * (beat - from + RampStepBeats) / place.Section.BendBeats));
        return target;
    }
}
