using MusicSocial.DemoMusic.Scores;

namespace MusicSocial.DemoMusic.Performances;

/// <summary>Places a tune and its words.</summary>
internal static class VoiceWriter
{
    private const double DownbeatAccent = 5;
    private const double PhraseSwell = 8;
    private const double Breath = 0.04;

    public static void Write(SectionPlace place, Voice voice, Touch touch, List<PlayedNote> notes, List<SungLine> lines)
    {
        _ = place.Part(voice.Part);
        var tune = Tune.Parse(place.Score.Tunes.GetValueOrDefault(voice.Tune)
            ?? throw new FormatException($"{place.Score.Title}, {place.Section.Name}: there is no tune '{voice.Tune}'."));
        IReadOnlyList<VerseLine> verse = voice.Verse is null ? [] : place.Score.Verses[voice.Verse];
        if (verse.Count > tune.Count)
            throw new FormatException($"{place.Score.Title}, {place.Section.Name}: {verse.Count} lines of words for {tune.Count} lines of tune.");
        for (var i = 0; i < tune.Count; i++)
        {
            var sung = Play(place, voice, tune[i], touch);
            notes.AddRange(sung.SelectMany(syllable => syllable.Notes));
            foreach (var doubling in voice.Doubles)
                notes.AddRange(Double(place, doubling, sung));
            if (i < verse.Count)
                lines.Add(SetWords(place, voice, verse[i], sung));
        }
    }

    private static List<SungSyllable> Play(SectionPlace place, Voice voice, TuneLine line, Touch touch)
    {
        var first = line.Syllables[0][0].Beat;
        var length = line.Syllables[^1][^1].End - first;
        return [.. line.Syllables.Select(syllable => new SungSyllable([.. syllable.Select(note =>
        {
            var beat = voice.At + note.Beat;
            var accent = Math.Abs(beat % place.Score.BarBeats) < 0.01 ? DownbeatAccent : 0;
            var swell = PhraseSwell * Math.Sin(Math.PI * (note.Beat - first) / length);
            var velocity = touch.Velocity((place.VelocityAt(beat) + accent + swell) * voice.Level);
            return new PlayedNote(voice.Part, place.TickAt(beat), place.TickAt(beat + note.Beats - Breath), note.Key + voice.Transpose, velocity);
        })]))];
    }

    private static IEnumerable<PlayedNote> Double(SectionPlace place, Doubling doubling, List<SungSyllable> sung)
    {
        _ = place.Part(doubling.Part);
        return sung.SelectMany(syllable => syllable.Notes).Select(note => note with
        {
            Part = doubling.Part,
            Key = note.Key + doubling.Transpose,
            Velocity = Math.Clamp((int)(note.Velocity * doubling.Level), 1, 127),
        });
    }

    private static SungLine SetWords(SectionPlace place, Voice voice, VerseLine line, List<SungSyllable> sung)
    {
        var written = SungText.Parse(line.Text);
        var syllables = written.Sum(word => word.Syllables);
        if (syllables != sung.Count)
            throw new FormatException($"{place.Score.Title}, {place.Section.Name}: '{line.Text}' has {syllables} syllables, its tune {sung.Count}.");
        var words = new List<SungWord>();
        foreach (var word in written)
        {
            var from = words.Sum(earlier => earlier.Syllables.Count);
            words.Add(new SungWord(word.Text, sung.GetRange(from, word.Syllables)));
        }
        return new SungLine(voice.Part, voice.Agent, voice.Role, words, line.Translation, line.Roman);
    }
}
