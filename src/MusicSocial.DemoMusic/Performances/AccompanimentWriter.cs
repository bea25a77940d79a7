using MusicSocial.DemoMusic.Scores;

namespace MusicSocial.DemoMusic.Performances;

/// <summary>Plays a pattern over a section's chords, bar by bar.</summary>
internal static class AccompanimentWriter
{
    private const double Quieter = 0.82;
    private const double Detached = 0.94;
    private const int RollTicks = 14;
    private const double BarAccent = 1.06;

    public static void Write(SectionPlace place, Accompaniment accompaniment, Touch touch, List<PlayedNote> notes)
    {
        var part = place.Part(accompaniment.Part);
        var text = place.Score.Patterns.GetValueOrDefault(accompaniment.Pattern, accompaniment.Pattern);
        var pattern = Pattern.Parse(text, part.Drums);
        var from = Pitch.Key(accompaniment.From);
        for (var bar = 0.0; bar < place.Beats - 0.01; bar += place.Score.BarBeats)
        {
            for (var round = 0.0; round < place.Score.BarBeats - 0.01; round += pattern.Beats)
            {
                foreach (var stroke in pattern.Strokes)
                {
                    var beat = bar + round + stroke.Beat;
                    if (stroke.Tones != PatternTones.Rest && round + stroke.Beat < place.Score.BarBeats - 0.01)
                        notes.AddRange(Strike(place, accompaniment, stroke, beat, from, touch));
                }
            }
        }
    }

    private static IEnumerable<PlayedNote> Strike(
        SectionPlace place, Accompaniment accompaniment, PatternStroke stroke, double beat, int from, Touch touch)
    {
        var chord = place.Chords.Last(candidate => candidate.Beat <= beat + 0.01);
        var onBar = Math.Abs(beat % place.Score.BarBeats) < 0.01 ? BarAccent : 1;
        var wanted = place.VelocityAt(beat) * Quieter * accompaniment.Level * stroke.Accent * onBar;
        var end = stroke.Rings ? chord.End : Math.Min(beat + stroke.Beats * Detached, place.Beats);
        var roll = stroke.Tones == PatternTones.Rolled ? RollTicks : 0;
        var strike = touch.Tick(place.TickAt(beat));
        foreach (var (key, index) in Keys(chord, stroke, from).Select((key, index) => (key, index)))
        {
            var tick = strike + index * roll;
            yield return new PlayedNote(accompaniment.Part, tick, Math.Max(tick + 1, place.TickAt(end)), key, touch.Velocity(wanted));
        }
    }

    private static IEnumerable<int> Keys(Chord chord, PatternStroke stroke, int from) => stroke.Tones switch
    {
        PatternTones.Bass => [chord.BassKey(BassOctave(from))],
        PatternTones.Fifth => [chord.BassKey(BassOctave(from)) + (chord.BassKey(0) > 33 ? -5 : 7)],
        PatternTones.Steps => stroke.Steps.Select(step => chord.Tone(step, from)),
        PatternTones.Percussion => stroke.Steps,
        _ => Enumerable.Range(0, chord.Size).Select(step => chord.Tone(step, from)),
    };

    private static int BassOctave(int from) => from < 48 ? 0 : 12;
}
