namespace MusicSocial.Lyrics.Text;

/// <summary>Times as subtitle formats write them.</summary>
internal static class TimeText
{
    /// <summary><c>hh:mm:ss.mmm</c>, of WebVTT and TTML.</summary>
    public static string Clock(int milliseconds) =>
        $"{milliseconds / 3_600_000:00}:{milliseconds / 60_000 % 60:00}:{milliseconds / 1000 % 60:00}.{milliseconds % 1000:000}";

    /// <summary><c>h:mm:ss.cc</c>, of ASS.</summary>
    public static string ShortClock(int centiseconds) =>
        $"{centiseconds / 360_000}:{centiseconds / 6000 % 60:00}:{centiseconds / 100 % 60:00}.{centiseconds % 100:00}";
}
