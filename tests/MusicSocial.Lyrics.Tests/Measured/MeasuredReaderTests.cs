using System.Text;

namespace MusicSocial.Lyrics.Tests.Measured;

public sealed class MeasuredReaderTests
{
    [Fact]
    public void A_line_without_words_is_timed_as_a_line()
    {
        var line = Assert.Single(Sheets.Read("[1000,500]just text", LyricFormat.Yrc).Lines);

        Assert.Equal((1_000, 1_500, "just text"), (line.StartMs, line.EndMs, line.Text));
        Assert.Empty(line.Words);
    }

    [Fact]
    public void A_qrc_envelope_with_bare_newlines_and_quotes_is_opened() =>
        Assert.Equal(
            [(0, "say \"hi\""), (90, "b")],
            Sheets.Read("<?xml version=\"1.0\"?>\n<QrcInfos><LyricInfo><Lyric_1 LyricType=\"1\" LyricContent=\"[ti:x]\n[0,90]say (0,40)\"hi\"(40,50)\n[90,10]b(90,10)\n\"/></LyricInfo></QrcInfos>").Lines());

    [Theory]
    [InlineData("krc1\u0012\u0013", null)]
    [InlineData("a3JjMTM0NTY3ODkw", LyricFormat.Krc)]
    [InlineData("0123456789ABCDEF0123456789ABCDEF", LyricFormat.Qrc)]
    public void Encrypted_containers_are_refused_by_name(string text, LyricFormat? format) =>
        Assert.Equal(LyricRefusals.EncryptedUnsupported, Sheets.Refusal(text, format));

    [Fact]
    public void An_encrypted_qrc_file_is_refused_by_name()
    {
        byte[] file = [0x98, 0x25, 0xB0, 0xAC, 0xE3, 0x02, 0x83, 0x68, 0xE8, 0xFC, 0x6C, 0x00];

        Assert.Equal(LyricRefusals.EncryptedUnsupported, Assert.Throws<LyricRefusedException>(() => LyricReader.Read(file)).Code);
    }

    [Fact]
    public void A_short_word_of_hexadecimal_letters_is_a_word() =>
        Assert.Equal("deadbeefcafe", Assert.Single(LyricReader.Read(Encoding.UTF8.GetBytes("deadbeefcafe")).Lines).Text);
}
