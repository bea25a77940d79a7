namespace MusicSocial.Lyrics.Tests.Hostile;

public sealed class HostileInputTests
{
    public static TheoryData<string> Names => [.. HostileInputs.All.Keys];

    /// <summary>Quadratic work on a mebibyte is hours: that this test ends says that reading is linear.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_mebibyte_of_it_is_read_or_refused(string name)
    {
        foreach (var format in (LyricFormat?[])[null, LyricFormat.Lrc])
        {
            SheetAssert.ReadsOrRefuses(HostileInputs.All[name], format);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_beginning_of_it_is_read_or_refused_in_every_format(string name)
    {
        var bytes = HostileInputs.All[name];
        foreach (var format in Enum.GetValues<LyricFormat>())
        {
            SheetAssert.ReadsOrRefuses(bytes.AsMemory(0, int.Min(bytes.Length, 16 * 1024)), format);
        }
    }

    [Theory]
    [InlineData("entity bomb", null, LyricRefusals.DtdProhibited)]
    [InlineData("entity bomb", LyricFormat.Ttml, LyricRefusals.DtdProhibited)]
    [InlineData("xml depth", LyricFormat.Ttml, LyricRefusals.InvalidXml)]
    [InlineData("xml attributes", LyricFormat.Ttml, LyricRefusals.InvalidXml)]
    [InlineData("xml distinct attributes", LyricFormat.Ttml, LyricRefusals.InvalidXml)]
    [InlineData("xml namespaces", LyricFormat.Ttml, LyricRefusals.InvalidXml)]
    [InlineData("yaml depth", null, LyricRefusals.InvalidYaml)]
    [InlineData("yaml anchors", null, LyricRefusals.InvalidYaml)]
    [InlineData("hexadecimal", null, LyricRefusals.EncryptedUnsupported)]
    [InlineData("many words under many stamps", null, LyricRefusals.TooLarge)]
    [InlineData("too many stamps of one line", null, LyricRefusals.TooManyLines)]
    [InlineData("lines", null, LyricRefusals.TooManyLines)]
    [InlineData("plain lines", null, LyricRefusals.TooManyLines)]
    [InlineData("tags of one line", LyricFormat.Lrc, LyricRefusals.Empty)]
    public void It_is_refused_by_name(string name, LyricFormat? format, string code)
    {
        var refusal = Assert.Throws<LyricRefusedException>(() => LyricReader.Read(HostileInputs.All[name], format));

        Assert.Equal(code, refusal.Code);
    }

    [Fact]
    public void Two_hundred_thousand_brackets_are_one_line_of_text()
    {
        var sheet = LyricReader.Read(HostileInputs.All["brackets"], LyricFormat.Lrc);

        Assert.False(sheet.Synced);
        Assert.Equal(200_000, Assert.Single(sheet.Lines).Text.Length);
    }

    [Fact]
    public void One_byte_more_than_a_mebibyte_is_too_large()
    {
        var bytes = new byte[LyricLimits.Bytes + 1];
        Array.Fill(bytes, (byte)'x');

        Assert.Equal(LyricRefusals.TooLarge, Assert.Throws<LyricRefusedException>(() => LyricReader.Read(bytes)).Code);
        Assert.Single(LyricReader.Read(bytes.AsMemory(1)).Lines);
    }
}
