using System.Globalization;
using System.Xml.Linq;
using MusicSocial.DemoMusic.Lyrics;

namespace MusicSocial.DemoMusic.Tests.Lyrics;

public sealed class LibraryLyricsTests
{
    private static readonly XNamespace Tt = "http://www.w3.org/ns/ttml";
    private static readonly XNamespace Ttm = "http://www.w3.org/ns/ttml#metadata";

    public static TheoryData<string> Songs => [.. Directory.EnumerateFiles(SongShelf.Songs, "*.json").Select(path => Path.GetFileNameWithoutExtension(path))];

    [Theory]
    [MemberData(nameof(Songs))]
    public void The_committed_lyrics_are_what_the_score_says(string song)
    {
        var performance = SongShelf.Find(song);
        if (performance.Score.Sidecar is { } format)
            Assert.Equal(Sidecar.Write(performance), File.ReadAllText(Path.Combine(SongShelf.Library, $"{performance.Score.Title}.{format}")));
        else
            Assert.Empty(performance.Lines);
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
    public void Ttml_carries_words_agents_and_translations()
    {
        var performance = SongShelf.Find("amazing-grace");
        var document = XDocument.Parse(TtmlText.Write(performance), LoadOptions.PreserveWhitespace);
        var first = document.Descendants(Tt + "p").First();
        XElement[] words = [.. first.Elements(Tt + "span").Where(span => span.Attribute(Ttm + "role") is null)];
        Assert.Equal(["Amazing", "grace!", "how", "sweet", "the", "sound,"], words.Select(word => word.Value));
        Assert.Equal("v1", first.Attribute(Ttm + "agent")?.Value);
        Assert.Equal("Erstaunliche Gnade, wie süß ist der Klang,", first.Elements(Tt + "span").Last().Value);
        var start = performance.Tempo.TimeAt(performance.Lines[0].Tick);
        Assert.Equal(start.TotalSeconds, Seconds(first.Attribute("begin")!.Value), 3);
    }

    private static double Seconds(string clock)
    {
        var parts = clock.Split(':');
        return int.Parse(parts[0], CultureInfo.InvariantCulture) * 60 + double.Parse(parts[1], CultureInfo.InvariantCulture);
    }
}
