using System.Globalization;
using System.Xml.Linq;
using MusicSocial.DemoMusic.Rendering;
using MusicSocial.DemoMusic.Scores;

namespace MusicSocial.DemoMusic.Tests.Rendering;

public sealed class SingingTextTests
{
    [Fact]
    public void A_line_is_as_long_in_the_markup_as_in_the_score()
    {
        var song = SongShelf.Find("amazing-grace");
        foreach (var line in song.Lines)
        {
            var (start, end) = (song.Tempo.TimeAt(line.Tick).TotalSeconds, song.Tempo.TimeAt(line.EndTick).TotalSeconds);
            Assert.Equal(SingingText.LeadSeconds + end - start, Seconds(SingingText.Write(song, line, new Singer())), 0.15);
        }
    }

    [Fact]
    public void A_smaller_throat_is_written_slower_and_lower_because_it_is_played_faster()
    {
        var song = SongShelf.Find("row-row-row-your-boat");
        var plain = SingingText.Write(song, song.Lines[0], new Singer());
        var small = SingingText.Write(song, song.Lines[0], new Singer(Throat: 1.2));
        Assert.Equal(Seconds(plain) * 1.2, Seconds(small), 0.01);
        Assert.Equal(FirstHertz(plain) / 1.2, FirstHertz(small), 0.01);
    }

    [Theory]
    [InlineData("’Twas ", "twuz")]
    [InlineData("sound,", "sound")]
    [InlineData("“Oh,", "oh")]
    public void Words_are_read_without_punctuation_and_as_the_score_respells_them(string written, string spoken) =>
        Assert.Equal(spoken, SingingText.Spoken(SongShelf.Find("amazing-grace").Score, written));

    private static double Seconds(string markup) =>
        Attributes(markup, "SECONDS").SelectMany(lengths => lengths.Split(',', '+')).Sum(length => double.Parse(length, CultureInfo.InvariantCulture));

    private static double FirstHertz(string markup) => double.Parse(Attributes(markup, "FREQ").First().Split(',', '+')[0], CultureInfo.InvariantCulture);

    private static IEnumerable<string> Attributes(string markup, string name) =>
        XElement.Parse(markup[markup.IndexOf("<SINGING BPM", StringComparison.Ordinal)..]).Descendants().Attributes(name).Select(attribute => attribute.Value);
}
