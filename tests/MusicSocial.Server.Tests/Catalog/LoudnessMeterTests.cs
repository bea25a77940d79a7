using Microsoft.Extensions.Options;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Catalog.Measuring;

namespace MusicSocial.Server.Tests.Catalog;

public sealed class LoudnessMeterTests : IDisposable
{
    private const string Said =
        """
        Input #0, wav, from 'file:song.wav':
          Metadata:
            comment         : Summary:
                            :     I:         -1.0 LUFS
        [Parsed_ebur128_0 @ 0x55d0c8a3b0c0] Summary:

          Integrated loudness:
            I:         -23.4 LUFS
            Threshold: -33.4 LUFS

          Loudness range:
            LRA:         2.0 LU
            Threshold: -43.0 LUFS
            LRA low:   -24.0 LUFS
            LRA high:  -22.0 LUFS

          True peak:
            Peak:       -1.3 dBFS
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_summary_is_read_whatever_the_tags_say() =>
        Assert.Equal(new MeasuredLoudness(-23.4, -1.3), LoudnessSummary.Read(Said));

    [Theory]
    [InlineData("-23.4", "-70.0")]
    [InlineData("-23.4", "nan")]
    [InlineData("-23.4", "-inf")]
    [InlineData("-1.3", "-inf")]
    [InlineData("Summary:", "Sum:")]
    [InlineData("Peak:", "Peek:")]
    public void What_tells_of_no_loudness_is_none(string said, string instead) =>
        Assert.Null(LoudnessSummary.Read(Said.Replace(said, instead, StringComparison.Ordinal)));

    [Theory]
    [InlineData(-6)]
    [InlineData(-23)]
    [InlineData(-42)]
    public async Task A_tone_is_as_loud_as_it_was_made(double levelDb)
    {
        var measured = await new LoudnessMeter(Options.Create(new CatalogOptions())).MeasureAsync(await FileAsync(Tone.Wav(levelDb)), CancellationToken.None);

        Assert.NotNull(measured);
        Assert.Equal(levelDb, measured.Loudness, 0.2);
        Assert.Equal(levelDb, measured.Peak, 0.2);
    }

    [Fact]
    public async Task Silence_and_what_is_no_sound_have_no_loudness()
    {
        var meter = new LoudnessMeter(Options.Create(new CatalogOptions()));

        Assert.Null(await meter.MeasureAsync(await FileAsync(Silence.Wav(seconds: 2)), CancellationToken.None));
        Assert.Null(await meter.MeasureAsync(await FileAsync([1, 2, 3]), CancellationToken.None));
        Assert.False(meter.IsMissing);
    }

    [Fact]
    public async Task Without_the_tool_it_says_so()
    {
        var meter = new LoudnessMeter(Options.Create(new CatalogOptions { Ffmpeg = "no-such-tool" }));

        Assert.Null(await meter.MeasureAsync(await FileAsync(Tone.Wav(-6)), CancellationToken.None));
        Assert.True(meter.IsMissing);
    }

    private async Task<string> FileAsync(byte[] content)
    {
        var path = Path.Combine(_folder.Path, "song.wav");
        await File.WriteAllBytesAsync(path, content);
        return path;
    }
}
