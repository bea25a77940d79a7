using System.Globalization;
using System.Security;
using System.Text;
using MusicSocial.DemoMusic.Performances;

namespace MusicSocial.DemoMusic.Lyrics;

/// <summary>TTML as music players use it: a span per word, singers as agents, background vocals, translations and romanisations inside the line.</summary>
internal static class TtmlText
{
    public static string Write(Performance performance)
    {
        var score = performance.Score;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata" xmlns:itunes="http://music.apple.com/lyric-ttml-internal" itunes:timing="Word" xml:lang="{score.Language}">
              <head>
                <metadata>
                  <ttm:title>{Escape(score.Title)}</ttm:title>

            """);
        foreach (var (id, name) in score.Agents)
            text.Append(CultureInfo.InvariantCulture, $"      <ttm:agent type=\"person\" xml:id=\"{id}\"><ttm:name type=\"full\">{Escape(name)}</ttm:name></ttm:agent>\n");
        text.Append(CultureInfo.InvariantCulture, $"    </metadata>\n  </head>\n  <body dur=\"{Stamp(performance, performance.EndTick)}\">\n    <div>\n");
        foreach (var (line, background) in WithBackground(performance.Lines))
            Line(text, performance, line, background);
        return text.Append("    </div>\n  </body>\n</tt>\n").ToString();
    }

    /// <summary>TTML nests a background vocal in the line it answers: the one that began last before it.</summary>
    private static IEnumerable<(SungLine Line, IReadOnlyList<SungLine> Background)> WithBackground(IReadOnlyList<SungLine> lines)
    {
        SungLine[] leads = [.. lines.Where(line => line.Role is null)];
        return leads.Select((lead, i) => (lead, (IReadOnlyList<SungLine>)[.. lines.Where(line =>
            line.Role is not null && line.Tick >= lead.Tick && (i + 1 == leads.Length || line.Tick < leads[i + 1].Tick))]));
    }

    private static void Line(StringBuilder text, Performance performance, SungLine line, IReadOnlyList<SungLine> background)
    {
        var end = Math.Max(line.EndTick, background.Select(answer => answer.EndTick).DefaultIfEmpty().Max());
        var agent = line.Agent is null ? "" : $" ttm:agent=\"{line.Agent}\"";
        text.Append(CultureInfo.InvariantCulture, $"      <p begin=\"{Stamp(performance, line.Tick)}\" end=\"{Stamp(performance, end)}\"{agent}>");
        Words(text, performance, line);
        foreach (var answer in background)
        {
            text.Append(CultureInfo.InvariantCulture, $"<span ttm:role=\"x-bg\" begin=\"{Stamp(performance, answer.Tick)}\" end=\"{Stamp(performance, answer.EndTick)}\">");
            Words(text, performance, answer);
            text.Append("</span>");
        }
        if (line.Translation is not null)
            text.Append(CultureInfo.InvariantCulture, $"<span ttm:role=\"x-translation\" xml:lang=\"{performance.Score.TranslationLanguage}\">{Escape(line.Translation)}</span>");
        if (line.Roman is not null)
            text.Append(CultureInfo.InvariantCulture, $"<span ttm:role=\"x-roman\" xml:lang=\"{performance.Score.Language}-Latn\">{Escape(line.Roman)}</span>");
        text.Append("</p>\n");
    }

    private static void Words(StringBuilder text, Performance performance, SungLine line)
    {
        foreach (var word in line.Words)
        {
            var bare = word.Text.TrimEnd(' ');
            text.Append(CultureInfo.InvariantCulture, $"<span begin=\"{Stamp(performance, word.Tick)}\" end=\"{Stamp(performance, word.EndTick)}\">{Escape(bare)}</span>");
            text.Append(word.Text[bare.Length..]);
        }
    }

    private static string Escape(string text) => SecurityElement.Escape(text);

    private static string Stamp(Performance performance, long tick)
    {
        var time = TimeSpan.FromMilliseconds(Math.Round(performance.Tempo.TimeAt(tick).TotalMilliseconds));
        return string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}:{time.Seconds:00}.{time.Milliseconds:000}");
    }
}
