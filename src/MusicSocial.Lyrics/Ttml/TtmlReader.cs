using System.Xml;
using MusicSocial.Lyrics.Drafting;

namespace MusicSocial.Lyrics.Ttml;

/// <summary>
/// TTML with the profile of Apple Music and AMLL: words in spans, agents, background vocals, translations and
/// romanisations inside the line or in the head.
/// </summary>
/// <remarks>Elements and attributes are known by their local names: half of the files in the wild bind other namespaces.</remarks>
internal sealed class TtmlReader
{
    private readonly XmlReader _xml;
    private readonly SheetDraft _draft = new();
    private readonly TtmlHead _head;
    private readonly TtmlClock _clock;

    private TtmlReader(XmlReader xml)
    {
        _xml = xml;
        _clock = TtmlClock.Of(
            xml.Attribute("frameRate"), xml.Attribute("frameRateMultiplier"),
            xml.Attribute("subFrameRate"), xml.Attribute("tickRate"));
        _head = new TtmlHead(_draft);
        _draft.Language = xml.Attribute("lang");
        _draft.Tag("lang", _draft.Language ?? "");
        _draft.Tag("timing", xml.Attribute("timing") ?? "");
    }

    public static LyricSheet Read(string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith('<'))
        {
            throw new LyricRefusedException(LyricRefusals.NotTtml);
        }

        return TtmlDocument.Guard(text, () =>
        {
            using var xml = TtmlDocument.Open(text.TrimStart());
            xml.MoveToContent();
            return xml.LocalName == "tt"
                ? new TtmlReader(xml).ReadRoot()
                : throw new LyricRefusedException(LyricRefusals.NotTtml);
        });
    }

    private LyricSheet ReadRoot()
    {
        var containers = new Stack<Container>([new Container(0, Agent: null, Depth: -1)]);
        while (_xml.Read())
        {
            TtmlDocument.RefuseDepth(_xml);
            if (_xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            while (_xml.Depth <= containers.Peek().Depth)
            {
                containers.Pop();
            }

            switch (_xml.LocalName)
            {
                case "head":
                    _head.Read(_xml);
                    break;
                case "body" or "div" when !_xml.IsEmptyElement:
                    containers.Push(Inside(containers.Peek()));
                    break;
                case "p":
                    new TtmlParagraph(_xml, _clock, _head, _draft).Read(containers.Peek().StartMs, containers.Peek().Agent);
                    break;
            }
        }

        _draft.Agents = _head.Agents;
        return _draft.Build();
    }

    private Container Inside(Container parent)
    {
        var (startMs, _) = _clock.RangeOf(_xml).Within(parent.StartMs);
        return new Container(startMs ?? parent.StartMs, _xml.Attribute("agent") ?? parent.Agent, _xml.Depth);
    }

    private sealed record Container(int StartMs, string? Agent, int Depth);
}
