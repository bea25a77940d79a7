using System.Text;

namespace MusicSocial.Lyrics.Tests;

public sealed class EncodingTests
{
    [Theory]
    [InlineData("gb18030", "春天花会开")]
    [InlineData("big5", "春天花會開")]
    [InlineData("shift_jis", "さくら咲く")]
    [InlineData("euc-kr", "눈을 뜬 순간")]
    [InlineData("windows-1251", "Ночь, улица")]
    public void A_hint_is_followed_where_the_bytes_are_not_utf8(string hint, string text)
    {
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(hint)!.GetBytes($"[00:01.00]{text}");

        Assert.Equal([(1_000, text)], LyricReader.Read(bytes, encodingHint: hint).Lines());
    }

    [Fact]
    public void Utf8_wins_over_a_hint() =>
        Assert.Equal("é", LyricReader.Read(Encoding.UTF8.GetBytes("é"), encodingHint: "shift_jis").Lines[0].Text);

    [Theory]
    [InlineData("no-such-encoding")]
    [InlineData("utf-7")]
    [InlineData("utf-8")]
    [InlineData("")]
    [InlineData(null)]
    public void Without_a_usable_hint_bytes_are_windows_1252(string? hint) =>
        Assert.Equal("caf\u00e9 \u20ac", LyricReader.Read((byte[])[.. "caf"u8, 0xE9, (byte)' ', 0x80], encodingHint: hint).Lines[0].Text);
}
