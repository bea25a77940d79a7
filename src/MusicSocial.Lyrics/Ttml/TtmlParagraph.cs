using System.Collections.Immutable;
using System.Xml;
using MusicSocial.Lyrics.Drafting;
using MusicSocial.Lyrics.Text;

namespace MusicSocial.Lyrics.Ttml;

/// <summary>Reads one p: the main line, the background vocals inside it, and the layers of both.</summary>
internal sealed class TtmlParagraph(XmlReader xml, TtmlClock clock, TtmlHead head, SheetDraft draft)
{
    private readonly TtmlText _main = new();
    private readonly TtmlText _background = new();
    private readonly TtmlLayers _layers = new();
    private int? _startMs;
    private int? _endMs;
    private (int? StartMs, int? EndMs) _backgroundRange;
    private int _parentMs;
    private int _spans;

    public void Read(int parentMs, string? parentAgent)
    {
        var number = xml.Line();
        var agent = xml.Attribute("agent") ?? parentAgent;
        var range = clock.RangeOf(xml);
        if (range.Begin is null && xml.Attribute("begin") is not null)
        {
            draft.Warn(LyricWarnings.BadTime, number);
        }

        (_startMs, _endMs) = range.Within(parentMs);
        _parentMs = parentMs;
        if (head.LayersOf(xml.Attribute("key")) is { } known)
        {
            _layers.Main.AddAll(known.Main);
            _layers.Background.AddAll(known.Background);
        }

        ReadContent(_main, _layers.Main, TtmlSpan.Line);
        AddLines(agent, number);
    }

    /// <summary>Reads to the end of the element the reader stands on; spans inside spans by recursion, bounded by the document's depth.</summary>
    private void ReadContent(TtmlText text, TtmlLayers.Texts layers, TtmlSpan span)
    {
        if (xml.IsEmptyElement)
        {
            return;
        }

        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
            TtmlDocument.RefuseDepth(xml);
            switch (xml.NodeType)
            {
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    text.Add(VisibleText.Clean(xml.Value), span);
                    break;
                case XmlNodeType.Element when xml.LocalName == "br":
                    text.AddBreak();
                    TtmlFlow.TextOf(xml, background: null);
                    break;
                case XmlNodeType.Element when xml.LocalName == "metadata":
                    TtmlFlow.TextOf(xml, background: null);
                    break;
                case XmlNodeType.Element:
                    ReadSpan(text, layers, span);
                    break;
            }
        }
    }

    private void ReadSpan(TtmlText text, TtmlLayers.Texts layers, TtmlSpan outer)
    {
        switch (xml.Attribute("role"))
        {
            case "x-bg":
                _backgroundRange = clock.RangeOf(xml).WithinLine(_startMs, _endMs, _parentMs);
                ReadContent(_background, _layers.Background, TtmlSpan.Line);
                break;
            case "x-translation":
                layers.AddTranslation(xml.Language(), TtmlFlow.TextOf(xml, background: null));
                break;
            case "x-roman":
                layers.AddRomanisation(xml.Language(), TtmlFlow.TextOf(xml, background: null));
                break;
            default:
                if (xml.Attribute("ruby") is "text" or "textContainer" or "delimiter")
                {
                    TtmlFlow.TextOf(xml, background: null);
                    break;
                }

                ReadContent(text, layers, Inside(outer));
                break;
        }
    }

    private TtmlSpan Inside(TtmlSpan outer)
    {
        var (startMs, endMs) = clock.RangeOf(xml).WithinLine(_startMs, _endMs, _parentMs);
        return startMs is null
            ? outer with { Number = outer.StartMs is null ? ++_spans : outer.Number }
            : new TtmlSpan(++_spans, startMs, endMs);
    }

    private void AddLines(string? agent, int? number)
    {
        var words = _main.Build(out var text);
        if (!_main.IsEmpty || _background.IsEmpty)
        {
            draft.Add(
                new LyricLine
                {
                    StartMs = _startMs ?? First(words),
                    EndMs = EndOf(_startMs ?? First(words), _endMs ?? Last(words)),
                    Text = text,
                    Words = words,
                    Agent = agent,
                    Translations = _layers.Main.Translations,
                    Romanisations = _layers.Main.Romanisations,
                },
                number);
        }

        if (!_background.IsEmpty)
        {
            AddBackground(agent, number);
        }
    }

    private void AddBackground(string? agent, int? number)
    {
        var words = _background.Build(out var text);
        var startMs = _backgroundRange.StartMs ?? First(words) ?? _startMs;
        var endMs = _backgroundRange.EndMs ?? (words.IsEmpty ? _endMs : Last(words));
        draft.Add(
            new LyricLine
            {
                StartMs = startMs,
                EndMs = EndOf(startMs, endMs),
                Text = text,
                Words = words,
                Role = LyricLine.Background,
                Agent = agent,
                Translations = _layers.Background.Translations,
                Romanisations = _layers.Background.Romanisations,
            },
            number);
    }

    private static int? First(ImmutableArray<LyricWord> words) => words.IsEmpty ? null : words[0].StartMs;

    private static int? Last(ImmutableArray<LyricWord> words) => words.IsEmpty ? null : words.Max(word => word.EndMs);

    private static int? EndOf(int? startMs, int? endMs) => startMs is { } start && endMs is { } end ? int.Max(start, end) : null;
}
