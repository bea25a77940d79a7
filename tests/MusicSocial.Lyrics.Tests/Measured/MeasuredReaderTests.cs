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

    [Fact]
    public void Krc_keeps_how_words_sound_and_what_lines_mean_beside_the_lines()
    {
        var sheet = Krc("""
            {"content":[{"language":0,"type":0,"lyricContent":[["sa","ku","ra"],["ya ","yo "," i"]]},
             {"language":0,"type":1,"lyricContent":[["Cherry  blossoms"],[""],["March"]]}],"version":1}
            """);

        Assert.Equal(["さくら", "やよい"], sheet.Lines.Select(line => line.Text));
        Assert.Equal(["sa ku ra", "ya yo i"], sheet.Lines.Select(line => line.Romanisations["und-Latn"]));
        Assert.Equal(["Cherry blossoms", "March"], sheet.Lines.Select(line => line.Translations["und"]));
        Assert.Empty(sheet.Warnings);
        Assert.DoesNotContain("language", sheet.Metadata.Keys);
    }

    [Theory]
    [InlineData("this is no json at all, and no object")]
    [InlineData("{\"version\":1,\"about\":\"nothing that is content\"}")]
    [InlineData("{\"content\":[{\"type\":\"words\",\"lyricContent\":[]}]}")]
    [InlineData("{\"content\":[{\"type\":1,\"lyricContent\":[\"no list\"]}]}")]
    [InlineData("{\"content\":[{\"type\":1,\"lyricContent\":[[\"half a pair \\uD800\"]]}]}")]
    [InlineData("{\"content\":[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}")]
    public void Krc_translations_that_cannot_be_read_are_dropped_with_a_warning(string json)
    {
        var sheet = Krc(json);

        Assert.Equal(2, sheet.Lines.Length);
        Assert.Equal(new LyricWarning(LyricWarnings.BadTranslation, 1), Assert.Single(sheet.Warnings));
    }

    [Fact]
    public void Krc_translations_that_are_not_base64_are_dropped_with_a_warning() =>
        Assert.Equal(LyricWarnings.BadTranslation, Assert.Single(Sheets.Read($"[language:{new string('!', 60)}]\n[0,9]<0,9,0>a").Warnings).Code);

    [Fact]
    public void A_language_of_a_krc_file_is_a_language() =>
        Assert.Equal("ja", Sheets.Read("[language:ja]\n[0,9]<0,9,0>a").Language);

    private static LyricSheet Krc(string json) => Sheets.Read(
        $"[language:{Convert.ToBase64String(Encoding.UTF8.GetBytes(json))}]\n[0,900]<0,300,0>さ<300,300,0>く<600,300,0>ら\n[900,100]<0,100,0>\n[1000,900]<0,300,0>や<300,300,0>よ<600,300,0>い");
}
