using MusicSocial.Server.Api;

namespace MusicSocial.Server.Tests.Api;

public sealed class CleanTextTests
{
    [Theory]
    [InlineData("  hello   world ", "hello world")]
    [InlineData("one\ntwo", "one\ntwo")]
    [InlineData("one\r\n\r\n\r\n\r\n\r\ntwo", "one\n\ntwo")]
    [InlineData("nul\0 bell\a escape\u001b[31m", "nul bell escape[31m")]
    [InlineData("\u202Eevil\u202C \u2066isolate\u2069", "evil isolate")]
    [InlineData("e\u0301", "\u00e9")]
    [InlineData("\ud800 lone", "lone")]
    [InlineData("⠀⠶⠀ \u115f\u1161", "⠀⠶⠀ \u115f\u1161")]
    [InlineData("👩‍👩‍👧 שלום مرحبا 日本", "👩‍👩‍👧 שלום مرحبا 日本")]
    public void Text_becomes_safe_to_stand_beside_others(string raw, string clean) =>
        Assert.Equal(clean, CleanText.Lines(raw, 500));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n\t ")]
    [InlineData("\u200e\u200f\u200d")]
    [InlineData("\u0000\u0007")]
    [InlineData("\u3164")]
    [InlineData("\u2800 \u2800")]
    [InlineData("\u115f\u1160")]
    [InlineData("\uffa0\u200d\ufe0f")]
    [InlineData("\ud834\udd59")]
    [InlineData("\ud80d\udc41")]
    public void Text_with_nothing_to_read_is_refused(string? raw) =>
        Assert.Equal("text.empty", Assert.Throws<RefusedException>(() => CleanText.Lines(raw, 500)).Refusal.Code);

    [Fact]
    public void The_limit_counts_code_points_not_bytes()
    {
        Assert.Equal(string.Concat(Enumerable.Repeat("🎵", 500)), CleanText.Lines(string.Concat(Enumerable.Repeat("🎵", 500)), 500));
        Assert.Equal(
            "text.too_long",
            Assert.Throws<RefusedException>(() => CleanText.Lines(string.Concat(Enumerable.Repeat("🎵", 501)), 500)).Refusal.Code);
    }

    [Fact]
    public void Towers_of_combining_marks_are_cut()
    {
        var clean = CleanText.Line("a" + new string('\u0335', 100), 500);

        Assert.InRange(clean.Length, 2, 9);
    }
}
