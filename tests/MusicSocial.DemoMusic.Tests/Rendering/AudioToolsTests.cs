using MusicSocial.DemoMusic.Rendering;

namespace MusicSocial.DemoMusic.Tests.Rendering;

public sealed class AudioToolsTests
{
    [Fact]
    public void Missing_tools_are_named_with_the_packages_that_bring_them()
    {
        var missing = AudioTools.Missing(program => program is not ("ffprobe" or "ffmpeg"), path => !path.EndsWith("kal_diphone", StringComparison.Ordinal));
        Assert.NotNull(missing);
        Assert.Contains("ffmpeg, ffprobe", missing, StringComparison.Ordinal);
        Assert.EndsWith("apt-get install --no-install-recommends ffmpeg festvox-kallpc16k", missing, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_said_when_everything_is_there() => Assert.Null(AudioTools.Missing(_ => true, _ => true));
}
