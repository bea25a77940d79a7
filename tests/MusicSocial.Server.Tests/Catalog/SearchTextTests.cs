using MusicSocial.Server.Catalog;

namespace MusicSocial.Server.Tests.Catalog;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("Frère Jacques", "frere jacques")]
    [InlineData("FRE\u0300RE", "frere")]
    [InlineData("Don't Stop (Live!) - 2", "dont stop live 2")]
    [InlineData("Straße Łódź Ærø", "strasse lodz aero")]
    [InlineData("ＦＵＬＬ ｗｉｄｔｈ", "full width")]
    [InlineData("Кали́нка", "калинка")]
    [InlineData("لَمَّا بَدا", "لما بدا")]
    [InlineData("さくら", "さくら")]
    [InlineData("がぎぐ", "がぎぐ")]
    [InlineData("Sakura桜の歌2", "sakura 桜の歌 2")]
    [InlineData("아리랑", "아리랑")]
    [InlineData("a\ud800b", "a b")]
    [InlineData("     ", "")]
    [InlineData("  ÷  ", "§00f7")]
    [InlineData("! !", "§0021 §0021")]
    public void Folding_keeps_what_people_type(string text, string folded) => Assert.Equal(folded, SearchText.Fold(text));

    [Fact]
    public void A_run_without_blanks_is_found_from_every_character() =>
        Assert.Equal(["桜の歌", "の歌", "歌"], SearchText.IndexEntries(["桜の歌"]));

    [Fact]
    public void A_word_is_never_cut_inside_a_character()
    {
        var cut = SearchText.Cut(new string('a', 23) + "𠀀𠀀");

        Assert.Equal(new string('a', 23), cut);
    }

    [Fact]
    public void A_runaway_tag_gives_a_bounded_number_of_entries()
    {
        var entries = SearchText.IndexEntries(SearchText.Words(string.Concat(Enumerable.Range(0x4E00, 20_000).Select(code => (char)code))));

        Assert.InRange(entries.Count, 1, 96);
        Assert.All(entries, entry => Assert.InRange(entry.Length, 1, 24));
    }
}
