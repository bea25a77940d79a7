using MusicSocial.Lyrics;
using MusicSocial.Server.Catalog.Probing;

namespace MusicSocial.Server.Tests.Catalog;

public sealed class Id3FramesTests
{
    // 255 ms ends with 0xFF and is followed by a zero where another entry begins: what unsynchronisation is about.
    private static readonly byte[] Sylt = Id3Tag.Sylt(("One", 255), ("", 0xFF00), ("Two", 0xFFE0));

    [Theory]
    [InlineData(2, "SLT", "ULT", false, false)]
    [InlineData(2, "SLT", "ULT", true, false)]
    [InlineData(3, "SYLT", "USLT", false, false)]
    [InlineData(3, "SYLT", "USLT", true, false)]
    [InlineData(3, "SYLT", "USLT", false, true)]
    [InlineData(4, "SYLT", "USLT", false, false)]
    [InlineData(4, "SYLT", "USLT", true, false)]
    [InlineData(4, "SYLT", "USLT", false, true)]
    public void Every_version_gives_its_lyrics_frames(int version, string timed, string text, bool unsynchronised, bool extended)
    {
        var title = version == 2 ? "TT2" : "TIT2";
        var tag = Id3Tag.Of(version, unsynchronised, extended, (title, [3, (byte)'S']), (text, Id3Tag.Uslt("Words")), (timed, Sylt));

        var frames = Id3Frames.Read(new MemoryStream([.. tag, .. new byte[100]]), Id3Frame.IsLyrics);

        Assert.Equal([false, true], frames.Select(frame => frame.IsTimed));
        Assert.Equal(Sylt, frames[1].Body);
        Assert.Equal("One", LyricReader.Read(frames[1].Body, LyricFormat.Id3).Lines[0].Text);
    }

    [Fact]
    public void A_tag_cut_short_gives_what_stands_before()
    {
        var tag = Id3Tag.Of(3, frames: [("USLT", Id3Tag.Uslt("Words")), ("SYLT", Sylt)]);

        Assert.False(Assert.Single(Id3Frames.Read(new MemoryStream(tag[..^5]), Id3Frame.IsLyrics)).IsTimed);
    }

    [Fact]
    public void Encrypted_and_compressed_frames_are_passed_by()
    {
        var tag = Id3Tag.Of(3, frames: [("SYLT", Sylt)]);
        tag[10 + 9] = 0x40;

        Assert.Empty(Id3Frames.Read(new MemoryStream(tag), Id3Frame.IsLyrics));
    }

    [Fact]
    public void No_bytes_make_it_throw()
    {
        var random = new Random(3);
        for (var run = 0; run < 5_000; run++)
        {
            var tag = Id3Tag.Of(2 + (run % 3), run % 2 == 0, run % 5 == 0, (run % 3 == 0 ? "SLT" : "SYLT", Sylt), (run % 3 == 0 ? "ULT" : "USLT", Id3Tag.Uslt("Words")));
            for (var damage = random.Next(1, 6); damage > 0; damage--)
                tag[random.Next(3, tag.Length)] = (byte)random.Next(256);
            Id3Frames.Read(new MemoryStream(tag[..random.Next(tag.Length + 1)]), Id3Frame.IsLyrics);
        }
    }
}
