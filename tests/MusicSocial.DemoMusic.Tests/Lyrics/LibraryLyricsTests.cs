using MusicSocial.DemoMusic.Performances;
using MusicSocial.Lyrics;

namespace MusicSocial.DemoMusic.Tests.Lyrics;

/// <summary>Reads the committed lyrics as the product does and compares them with the scores.</summary>
public sealed class LibraryLyricsTests
{
    public static TheoryData<string> Songs => [.. Directory.EnumerateFiles(SongShelf.Songs, "*.json").Select(path => Path.GetFileNameWithoutExtension(path))];

    [Theory]
    [MemberData(nameof(Songs))]
    public void The_committed_lines_and_words_stand_at_the_ticks_of_the_score(string song)
    {
        var performance = SongShelf.Find(song);
        if (performance.Score.Sidecar is null)
        {
            Assert.Empty(performance.Lines);
            return;
        }

        var sheet = Committed(performance);
        Assert.Empty(sheet.Warnings);
        Assert.Equal(performance.Lines.Select(line => (line.Text, Milliseconds(performance, line.Tick))), sheet.Lines.Select(line => (line.Text, line.StartMs ?? -1)));
        if (performance.Score.Sidecar == "lrc")
            return;
        foreach (var (line, shown) in performance.Lines.Zip(sheet.Lines))
        {
            Assert.Equal(
                line.Words.Select(word => (word.Text, Milliseconds(performance, word.Tick))),
                shown.Words.Select(word => (word.Text, word.StartMs)));
            Assert.Equal(line.Role, shown.Role);
            Assert.Equal(line.Text, string.Concat(shown.Words.Select(word => word.Text)));
        }
    }

    [Theory]
    [MemberData(nameof(Songs))]
    public void Ttml_keeps_singers_sung_ends_translations_and_romanisations(string song)
    {
        var performance = SongShelf.Find(song);
        if (performance.Score.Sidecar != "ttml")
            return;
        foreach (var (line, shown) in performance.Lines.Zip(Committed(performance).Lines))
        {
            if (line.Role is null)
                Assert.Equal(line.Agent, shown.Agent);
            Assert.Equal(line.Words.Select(word => Milliseconds(performance, word.EndTick)), shown.Words.Select(word => word.EndMs ?? -1));
            Assert.Equal(line.Translation, shown.Translations.GetValueOrDefault(performance.Score.TranslationLanguage));
            Assert.Equal(line.Roman, shown.Romanisations.GetValueOrDefault(performance.Score.Language + "-Latn"));
        }
    }

    [Theory]
    [MemberData(nameof(Songs))]
    public void Every_word_is_timed_at_the_note_it_is_sung_on(string song)
    {
        var performance = SongShelf.Find(song);
        foreach (var word in performance.Lines.SelectMany(line => line.Words))
        {
            Assert.Contains(performance.Notes, note => note.Tick == word.Tick);
            Assert.True(word.EndTick > word.Tick, word.Text);
        }
        Assert.All(performance.Lines, line => Assert.Equal(line.Words.OrderBy(word => word.Tick), line.Words));
    }

    [Fact]
    public void The_library_shows_every_kind_of_lyrics()
    {
        var songs = SongShelf.All().ToArray();
        Assert.Equal(["elrc", "lrc", "ttml"], songs.Select(song => song.Score.Sidecar).OfType<string>().Distinct().Order());
        Assert.Contains(songs, song => song.Lines.Any(line => line.Role == LyricLine.Background));
        Assert.Contains(songs, song => song.Score.Agents.Count == 3 && Overlap(song));
        Assert.Superset(new HashSet<string?> { "ja", "ar", "ru", "fr", "de", "en" }, songs.Select(song => song.Score.Language).ToHashSet());
    }

    private static bool Overlap(Performance song) => song.Lines.Zip(song.Lines.Skip(1)).Any(pair => pair.Second.Tick < pair.First.EndTick);

    private static LyricSheet Committed(Performance performance) =>
        LyricReader.Read(File.ReadAllBytes(Path.Combine(SongShelf.Library, $"{performance.Score.Title}.{performance.Score.Sidecar}")));

    private static int Milliseconds(Performance performance, long tick) => (int)Math.Round(performance.Tempo.TimeAt(tick).TotalMilliseconds);
}
