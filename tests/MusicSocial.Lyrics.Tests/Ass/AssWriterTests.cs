namespace MusicSocial.Lyrics.Tests.Ass;

public sealed class AssWriterTests
{
    [Fact]
    public void Words_fill_while_they_are_sung_and_silences_wait()
    {
        var sheet = Sheets.Read("[00:01.00]v1: <00:01.20>Mor<00:01.50>ning <00:02.00><00:02.504>dew<00:03.00>\n[00:04.00]{x}");

        var events = LyricWriter.Write(sheet, LyricOutput.Ass).Split('\n').Where(line => line.StartsWith("Dialogue", StringComparison.Ordinal));

        Assert.Equal(
            [
                "Dialogue: 0,0:00:01.00,0:00:04.00,Main,v1,0,0,0,,{\\k20}{\\kf30}Mor{\\kf50}ning {\\k50}{\\kf50}dew",
                "Dialogue: 0,0:00:04.00,0:00:14.00,Main,,0,0,0,,\\{x\\}",
            ],
            events);
    }

    [Fact]
    public void A_sheet_without_times_is_not_written() =>
        Assert.Throws<ArgumentException>(() => LyricWriter.Write(Sheets.Read("text"), LyricOutput.Ass));
}
