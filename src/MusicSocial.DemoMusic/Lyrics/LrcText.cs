using System.Globalization;
using System.Text;
using MusicSocial.DemoMusic.Performances;

namespace MusicSocial.DemoMusic.Lyrics;

/// <summary>LRC with milliseconds, by the line or (enhanced) by the word.</summary>
internal static class LrcText
{
    public static string Lines(Performance performance)
    {
        var text = Head(performance);
        foreach (var line in performance.Lines)
            text.Append(CultureInfo.InvariantCulture, $"[{Stamp(performance, line.Tick)}]{line.Text}\n");
        return text.ToString();
    }

    /// <summary>Each word behind its own stamp; a last stamp says when the line's last word ends.</summary>
    public static string Words(Performance performance)
    {
        var text = Head(performance);
        foreach (var line in performance.Lines)
        {
            text.Append(CultureInfo.InvariantCulture, $"[{Stamp(performance, line.Tick)}]");
            foreach (var word in line.Words)
                text.Append(CultureInfo.InvariantCulture, $"<{Stamp(performance, word.Tick)}>{word.Text}");
            text.Append(CultureInfo.InvariantCulture, $"<{Stamp(performance, line.EndTick)}>\n");
        }
        return text.ToString();
    }

    private static StringBuilder Head(Performance performance) => new StringBuilder()
        .Append(CultureInfo.InvariantCulture, $"[ti:{performance.Score.Title}]\n[ar:{performance.Score.Artist}]\n[al:MusicSocial Demo]\n")
        .Append(CultureInfo.InvariantCulture, $"[la:{performance.Score.Language}]\n");

    private static string Stamp(Performance performance, long tick)
    {
        var time = TimeSpan.FromMilliseconds(Math.Round(performance.Tempo.TimeAt(tick).TotalMilliseconds));
        return string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes:00}:{time.Seconds:00}.{time.Milliseconds:000}");
    }
}
