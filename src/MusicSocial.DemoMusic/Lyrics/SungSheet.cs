using System.Collections.Immutable;
using MusicSocial.DemoMusic.Performances;
using MusicSocial.Lyrics;

namespace MusicSocial.DemoMusic.Lyrics;

/// <summary>The words of a performance as a lyric sheet: every time is the time of the note the word is sung on.</summary>
internal static class SungSheet
{
    public static LyricSheet Of(Performance performance)
    {
        var score = performance.Score;
        return new LyricSheet
        {
            Language = score.Language,
            Metadata = ImmutableSortedDictionary<string, string>.Empty
                .Add("ti", score.Title).Add("ar", score.Artist).Add("al", SongShelf.Album),
            Agents = score.Agents.ToImmutableSortedDictionary(agent => agent.Key, agent => new LyricAgent("person", agent.Value), StringComparer.Ordinal),
            Lines = [.. performance.Lines.Select(line => Line(performance, line))],
        };
    }

    private static LyricLine Line(Performance performance, SungLine line) => new()
    {
        StartMs = Milliseconds(performance, line.Tick),
        EndMs = Milliseconds(performance, line.EndTick),
        Text = line.Text,
        Role = line.Role,
        Agent = line.Agent,
        Words = [.. line.Words.Select(word => new LyricWord(Milliseconds(performance, word.Tick), Milliseconds(performance, word.EndTick), word.Text))],
        Translations = Layer(performance.Score.TranslationLanguage, line.Translation),
        Romanisations = Layer(performance.Score.Language + "-Latn", line.Roman),
    };

    private static ImmutableSortedDictionary<string, string> Layer(string language, string? text) =>
        text is null ? ImmutableSortedDictionary<string, string>.Empty : ImmutableSortedDictionary<string, string>.Empty.Add(language, text);

    private static int Milliseconds(Performance performance, long tick) => (int)Math.Round(performance.Tempo.TimeAt(tick).TotalMilliseconds);
}
