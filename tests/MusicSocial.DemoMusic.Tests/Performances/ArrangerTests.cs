using MusicSocial.DemoMusic.Performances;

namespace MusicSocial.DemoMusic.Tests.Performances;

public sealed class ArrangerTests
{
    [Fact]
    public void The_same_score_is_always_played_the_same_way() =>
        Assert.Equal(SongShelf.Find("amazing-grace").Notes, SongShelf.Find("amazing-grace").Notes);

    [Fact]
    public void Bachs_prelude_begins_as_he_wrote_it()
    {
        var notes = SongShelf.Find("prelude-bwv-846").Notes;
        Assert.Equal([60, 64, 67, 72, 76, 67, 72, 76, 60, 64, 67, 72, 76, 67, 72, 76], notes.Take(16).Select(note => note.Key));
    }

    [Fact]
    public void Words_and_notes_that_do_not_match_are_refused()
    {
        var score = SongShelf.Find("amazing-grace").Score;
        var shortened = score with
        {
            Verses = new Dictionary<string, IReadOnlyList<DemoMusic.Scores.VerseLine>>(score.Verses) { ["1"] = [new("A·maz·ing")] },
        };
        var refusal = Assert.Throws<FormatException>(() => Arranger.Arrange(shortened));
        Assert.Contains("3 syllables, its tune 8", refusal.Message, StringComparison.Ordinal);
    }
}
