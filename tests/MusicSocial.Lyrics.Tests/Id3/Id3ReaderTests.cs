using System.Buffers.Binary;
using System.Text;

namespace MusicSocial.Lyrics.Tests.Id3;

public sealed class Id3ReaderTests
{
    [Fact]
    public void Entries_without_any_newline_are_lines() =>
        Assert.Equal([(1_000, "One"), (2_000, "Two")], LyricReader.Read(Sylt(("One", 1_000), ("Two", 2_000)), LyricFormat.Id3).Lines());

    [Fact]
    public void A_newline_at_the_end_of_an_entry_ends_the_line()
    {
        var sheet = LyricReader.Read(Sylt(("Hel", 1_000), ("lo\n", 1_500), ("you", 2_000)), LyricFormat.Id3);

        Assert.Equal([(1_000, "Hello"), (2_000, "you")], sheet.Lines());
        Assert.Equal([(1_000, 1_500, "Hel"), (1_500, null, "lo")], sheet.Lines[0].Words());
        Assert.Equal([(2_000, null, "you")], sheet.Lines[1].Words());
    }

    [Fact]
    public void A_frame_is_recognised_by_its_content_with_or_without_its_header()
    {
        var body = Sylt(("One", 1_000));

        Assert.Equal([(1_000, "One")], LyricReader.Read(body).Lines());
        Assert.Equal([(1_000, "One")], LyricReader.Read((byte[])[.. "SYLT"u8, 0, 0, 0, 9, 0, 0, .. body]).Lines());
    }

    [Fact]
    public void Lrc_inside_uslt_is_read_as_lrc() =>
        Assert.Equal([(1_000, "One")], LyricReader.Read((byte[])[3, .. "eng"u8, 0, .. "[00:01.00]One"u8]).Lines());

    [Fact]
    public void Wide_uslt_with_a_description_is_read()
    {
        byte[] frame = [1, .. "deu"u8, 0xFF, 0xFE, .. Encoding.Unicode.GetBytes("d\0"), 0xFF, 0xFE, .. Encoding.Unicode.GetBytes("Grüße\nan alle")];

        var sheet = LyricReader.Read(frame);

        Assert.Equal([(null, "Grüße"), (null, "an alle")], sheet.Lines());
        Assert.Equal("deu", sheet.Language);
    }

    [Fact]
    public void A_frame_that_breaks_off_keeps_what_was_whole() =>
        Assert.Equal([(1_000, "One")], LyricReader.Read((byte[])[.. Sylt(("One", 1_000)), .. "Tw"u8], LyricFormat.Id3).Lines());

    private static byte[] Sylt(params (string Text, int StartMs)[] entries) =>
    [
        3, .. "eng"u8, 2, 1, 0,
        .. entries.SelectMany(entry =>
        {
            var time = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(time, entry.StartMs);
            return (byte[])[.. Encoding.UTF8.GetBytes(entry.Text), 0, .. time];
        }),
    ];
}
