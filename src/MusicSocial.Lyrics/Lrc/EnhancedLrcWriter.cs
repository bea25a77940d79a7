using System.Text;

namespace MusicSocial.Lyrics.Lrc;

/// <summary>Writes enhanced LRC: words with stamps, singers, background vocals and translations.</summary>
internal sealed class EnhancedLrcWriter(LyricWriting options)
{
    private readonly StringBuilder _lrc = new();

    public static string Write(LyricSheet sheet, LyricWriting options)
    {
        var writer = new EnhancedLrcWriter(options);
        writer._lrc.AppendTags(sheet);
        foreach (var line in sheet.Lines)
        {
            writer.Append(line);
        }

        return writer._lrc.ToString();
    }

    private void Append(LyricLine line)
    {
        if (line.StartMs is not { } startMs)
        {
            _lrc.Append(LrcText.OneLine(line.Text)).Append('\n');
            return;
        }

        if (line.IsBackground)
        {
            AppendBackground(line, startMs);
            return;
        }

        _lrc.AppendStamp('[', startMs, ']', options);
        AppendSinger(line.Agent);
        AppendContent(line);
        _lrc.Append('\n');
        foreach (var (language, text) in line.Translations)
        {
            _lrc.AppendStamp('[', startMs, ']', options)
                .Append("[tr:").Append(language).Append(']').Append(LrcText.OneLine(text)).Append('\n');
        }
    }

    /// <summary>Background vocals need the time of a word; those without words are one.</summary>
    private void AppendBackground(LyricLine line, int startMs)
    {
        var words = line.Words.IsEmpty ? line with { Words = [new LyricWord(startMs, line.EndMs, line.Text)] } : line;
        _lrc.Append("[bg: ");
        AppendSinger(line.Agent);
        AppendContent(words);
        _lrc.Append("]\n");
    }

    private void AppendSinger(string? agent)
    {
        var text = $"{agent}: ".AsSpan();
        if (agent is not null && LrcSinger.Take(ref text) == agent)
        {
            _lrc.Append(agent).Append(": ");
        }
    }

    private void AppendContent(LyricLine line)
    {
        if (line.Words.IsEmpty)
        {
            _lrc.Append(LrcText.OneLine(line.Text));
            return;
        }

        for (var index = 0; index < line.Words.Length; index++)
        {
            var word = line.Words[index];
            _lrc.AppendStamp('<', word.StartMs, '>', options).Append(LrcText.OneLine(word.Text));
            if (word.EndMs is { } endMs && (index + 1 == line.Words.Length || endMs < line.Words[index + 1].StartMs))
            {
                _lrc.AppendStamp('<', endMs, '>', options);
            }
        }
    }
}
