using FsCheck;
using FsCheck.Fluent;
using MusicSocial.Sync.Commands;
using static MusicSocial.Sync.Tests.RoomScenes;

namespace MusicSocial.Sync.Tests;

public sealed class WordRulesTests
{
    private static readonly WordRule[] Rules = [new("drat", WordAction.Mask), new("heck off", WordAction.Refuse), new("\u7cde", WordAction.Mask)];

    [Theory]
    [InlineData("drat!", "****!")]
    [InlineData("oh DRAT, Drat", "oh ****, ****")]
    [InlineData("\uff44\uff52\uff41\uff54", "****")]
    [InlineData("dr\u0301at", "*****")]
    [InlineData("dr\u00e1t", "****")]
    [InlineData("d\u200br\u00ada\u2060t", "*******")]
    [InlineData("dratted hydrate", "dratted hydrate")]
    [InlineData("\u5b8c\u7cde\u4e86", "\u5b8c*\u4e86")]
    [InlineData("nothing to see", "nothing to see")]
    public void A_word_is_masked_however_it_is_dressed(string text, string shown) => Assert.Equal(shown, WordRules.Apply(Rules, text));

    [Theory]
    [InlineData("oh heck off")]
    [InlineData("HECK OFF drat")]
    [InlineData("h\u00eack o\ufb00")]
    public void A_message_with_a_refused_word_is_not_taken(string text) =>
        Assert.Equal("room.word_refused", Assert.Throws<RefusedException>(() => WordRules.Apply(Rules, text)).Refusal.Code);

    [Fact]
    public void Masking_changes_nothing_but_what_was_found() => Prop.ForAll<string, string>((before, after) =>
    {
        var text = $"{Clean(before)} drat {Clean(after)}";
        Assert.Equal($"{Clean(before)} **** {Clean(after)}", WordRules.Apply([new("drat", WordAction.Mask)], text));
    }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Rules_out_of_bounds_are_refused()
    {
        string Refused(params WordRule[] rules) =>
            WithHost().RefusalOf(new ChangeSettings(Host, settings => settings with { WordRules = [.. rules] }, null), 1);
        Assert.Equal("room.invalid_settings", Refused(new WordRule(" \u200b", WordAction.Mask)));
        Assert.Equal("room.invalid_settings", Refused(new WordRule(new string('x', 61), WordAction.Mask)));
        Assert.Equal("room.invalid_settings", Refused(new WordRule("x", (WordAction)9)));
        Assert.Equal("room.invalid_settings", Refused([.. Enumerable.Range(0, 101).Select(number => new WordRule($"w{number}", WordAction.Mask))]));
    }

    [Fact]
    public void Rules_hold_for_listeners_and_are_kept_with_the_room()
    {
        var room = With("ann").Do(new ChangeSettings(Host, settings => settings with { WordRules = [.. Rules] }, null), 1);
        var read = RoomDocument.Read(RoomDocument.Write(room));
        Assert.Equal("****", ChatRules.Review(read, "ann", "drat", null, At(2)));
        Assert.Equal("drat", ChatRules.Review(read, Host, "drat", null, At(2)));
    }

    [Theory]
    [InlineData("see https://example.org/x")]
    [InlineData("see www.example")]
    [InlineData("example.org, now")]
    [InlineData("\uff45\uff58\uff41\uff4d\uff50\uff4c\uff45\uff0e\uff4f\uff52\uff47/a")]
    public void Links_are_kept_from_newcomers(string text)
    {
        var room = With("ann").Do(new ChangeSettings(Host, settings => settings with { LinksAfter = TimeSpan.FromMinutes(5) }, null), 1);
        var refused = Assert.Throws<RefusedException>(() => ChatRules.Review(room, "ann", text, null, At(60)));
        Assert.Equal(("room.links_too_soon", TimeSpan.FromMinutes(4)), (refused.Refusal.Code, refused.Refusal.RetryAfter));
        Assert.Equal(text, ChatRules.Review(room, "ann", text, null, At(300)));
        Assert.Equal(text, ChatRules.Review(room, Host, text, null, At(60)));
        Assert.Equal("no link... at 3.15, ok?", ChatRules.Review(room, "ann", "no link... at 3.15, ok?", null, At(60)));
    }

    private static string Clean(string? text) => string.Concat((text ?? "").Where(char.IsAsciiLetterOrDigit)) is var letters && letters == "drat" ? "" : letters;
}
