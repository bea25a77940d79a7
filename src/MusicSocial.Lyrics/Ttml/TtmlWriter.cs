using System.Text;
using System.Xml;
using MusicSocial.Lyrics.Lookup;
using MusicSocial.Lyrics.Text;

namespace MusicSocial.Lyrics.Ttml;

/// <summary>Writes TTML with the profile of Apple Music: a p per line, a span per word, everything else the model knows inside.</summary>
internal sealed class TtmlWriter
{
    private const string Tt = "http://www.w3.org/ns/ttml";
    private const string Ttm = "http://www.w3.org/ns/ttml#metadata";
    private const string Itunes = "http://music.apple.com/lyric-ttml-internal";
    private const string Amll = "http://www.example.com/ns/amll";

    private readonly LyricSheet _sheet;
    private readonly XmlWriter _xml;
    private readonly Dictionary<LyricLine, int> _endOfLine = new(ReferenceEqualityComparer.Instance);

    private TtmlWriter(LyricSheet sheet, LyricWriting options, XmlWriter xml)
    {
        _sheet = sheet;
        _xml = xml;
        foreach (var span in LineSpan.Of(sheet.Lines, options.DurationMs ?? int.MaxValue))
        {
            if (span.EndMs < int.MaxValue)
            {
                _endOfLine[sheet.Lines[span.Line]] = span.EndMs;
            }
        }
    }

    public static string Write(LyricSheet sheet, LyricWriting options)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.None }))
        {
            new TtmlWriter(sheet, options, xml).WriteDocument();
        }

        return text.ToString();
    }

    private void WriteDocument()
    {
        _xml.WriteStartElement("tt", Tt);
        _xml.WriteAttributeString("xmlns", "ttm", null, Ttm);
        _xml.WriteAttributeString("xmlns", "itunes", null, Itunes);
        _xml.WriteAttributeString("xmlns", "amll", null, Amll);
        if (_sheet.Language is { } language)
        {
            _xml.WriteAttributeString("xml", "lang", null, language);
        }

        _xml.WriteAttributeString("timing", Itunes, !_sheet.Synced ? "None" : _sheet.WordSynced ? "Word" : "Line");
        WriteHead();
        _xml.WriteStartElement("body", Tt);
        _xml.WriteStartElement("div", Tt);
        WriteLines();
        _xml.WriteFullEndElement();
        _xml.WriteEndElement();
        _xml.WriteEndElement();
    }

    private void WriteHead()
    {
        _xml.WriteStartElement("head", Tt);
        _xml.WriteStartElement("metadata", Tt);
        foreach (var (key, value) in _sheet.Metadata)
        {
            if (key == "ti")
            {
                _xml.WriteElementString("title", Ttm, TtmlSafe.Text(value));
            }
            else if (key is not ("lang" or "timing" or "offset"))
            {
                _xml.WriteStartElement("meta", Amll);
                _xml.WriteAttributeString("key", TtmlSafe.Text(key));
                _xml.WriteAttributeString("value", TtmlSafe.Text(value));
                _xml.WriteEndElement();
            }
        }

        foreach (var (id, agent) in _sheet.Agents)
        {
            _xml.WriteStartElement("agent", Ttm);
            _xml.WriteAttributeString("xml", "id", null, TtmlSafe.Text(id));
            _xml.WriteAttributeString("type", TtmlSafe.Text(agent.Type));
            if (agent.Name.Length > 0)
            {
                _xml.WriteElementString("name", Ttm, TtmlSafe.Text(agent.Name));
            }

            _xml.WriteEndElement();
        }

        _xml.WriteEndElement();
        _xml.WriteEndElement();
    }

    /// <summary>Empty lines are not written: the ends of the lines before them say the same.</summary>
    private void WriteLines()
    {
        var lines = _sheet.Lines;
        for (var index = 0; index < lines.Length;)
        {
            var main = lines[index];
            if (main.Text.Length == 0)
            {
                index++;
                continue;
            }

            _xml.WriteStartElement("p", Tt);
            WriteTimes(main);
            if (main.Agent is { } agent)
            {
                _xml.WriteAttributeString("agent", Ttm, TtmlSafe.Text(agent));
            }

            if (!main.IsBackground)
            {
                WriteContent(main);
                index++;
            }

            if (index < lines.Length && lines[index].IsBackground && lines[index].Text.Length > 0)
            {
                WriteBackground(lines[index]);
                index++;
            }

            _xml.WriteEndElement();
        }
    }

    private void WriteBackground(LyricLine line)
    {
        _xml.WriteStartElement("span", Tt);
        _xml.WriteAttributeString("role", Ttm, "x-bg");
        WriteTimes(line);
        WriteContent(line);
        _xml.WriteEndElement();
    }

    private void WriteContent(LyricLine line)
    {
        if (line.Words.IsEmpty)
        {
            WriteText(line.Text);
        }

        foreach (var word in line.Words)
        {
            WriteWord(word);
        }

        WriteLayers("x-translation", line.Translations);
        WriteLayers("x-roman", line.Romanisations);
    }

    /// <summary>Blanks and breaks at a word's ends stand outside of its span, which is how Apple separates words.</summary>
    private void WriteWord(LyricWord word)
    {
        var text = word.Text.AsSpan();
        var start = text.Length - text.TrimStart(" \n").Length;
        var end = int.Max(start, text.TrimEnd(" \n").Length);
        WriteText(word.Text[..start]);
        _xml.WriteStartElement("span", Tt);
        _xml.WriteAttributeString("begin", TimeText.Clock(word.StartMs));
        if (word.EndMs is { } endMs)
        {
            _xml.WriteAttributeString("end", TimeText.Clock(endMs));
        }

        WriteText(word.Text[start..end]);
        _xml.WriteEndElement();
        WriteText(word.Text[end..]);
    }

    private void WriteLayers(string role, IReadOnlyDictionary<string, string> texts)
    {
        foreach (var (language, text) in texts)
        {
            _xml.WriteStartElement("span", Tt);
            _xml.WriteAttributeString("role", Ttm, role);
            _xml.WriteAttributeString("xml", "lang", null, TtmlSafe.Text(language));
            WriteText(text);
            _xml.WriteEndElement();
        }
    }

    private void WriteTimes(LyricLine line)
    {
        if (line.StartMs is { } startMs)
        {
            _xml.WriteAttributeString("begin", TimeText.Clock(startMs));
            if (_endOfLine.TryGetValue(line, out var endMs))
            {
                _xml.WriteAttributeString("end", TimeText.Clock(int.Max(startMs, endMs)));
            }
        }
    }

    private void WriteText(string text)
    {
        var lines = text.Split('\n');
        for (var index = 0; index < lines.Length; index++)
        {
            if (index > 0)
            {
                _xml.WriteElementString("br", Tt, null);
            }

            _xml.WriteString(TtmlSafe.Text(lines[index]));
        }
    }
}
