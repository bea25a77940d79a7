using MusicSocial.DemoMusic.Performances;

namespace MusicSocial.DemoMusic.Tests.Performances;

public sealed class SungTextTests
{
    [Fact]
    public void Words_keep_the_blank_behind_them()
    {
        var words = SungText.Parse("A·maz·ing grace,");
        Assert.Equal([new WrittenWord("Amazing ", 3), new WrittenWord("grace,", 1)], words);
    }

    [Fact]
    public void Words_without_blanks_between_them_are_words_still()
    {
        var words = SungText.Parse("か·す·み=か く·も=か");
        Assert.Equal(["かすみ", "か ", "くも", "か"], words.Select(word => word.Text));
    }

    [Fact]
    public void A_blank_inside_a_word_costs_no_syllable() =>
        Assert.Equal([new WrittenWord("В саду ", 2), new WrittenWord("ягода", 3)], SungText.Parse("В_са·ду я·го·да"));
}
