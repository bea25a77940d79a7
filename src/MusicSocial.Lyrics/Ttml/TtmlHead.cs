using System.Collections.Immutable;
using System.Text;
using System.Xml;
using MusicSocial.Lyrics.Drafting;

namespace MusicSocial.Lyrics.Ttml;

/// <summary>What a document says before its body: singers, tags, and Apple's translations and romanisations by line key.</summary>
internal sealed class TtmlHead(SheetDraft draft)
{
    private const string Translated = "translation";
    private const string Romanised = "transliteration";

    private readonly ImmutableSortedDictionary<string, LyricAgent>.Builder _agents = LyricSheet.NoAgents.ToBuilder();
    private readonly Dictionary<string, TtmlLayers> _layers = new(StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, LyricAgent> Agents => _agents.ToImmutable();

    /// <summary>What the head knows about the line of a key.</summary>
    public TtmlLayers? LayersOf(string? key) => key is not null && _layers.TryGetValue(key, out var layers) ? layers : null;

    public void Read(XmlReader document)
    {
        using var xml = document.ReadSubtree();
        xml.Read();
        var language = "und";
        var layer = Translated;
        while (xml.Read())
        {
            TtmlDocument.RefuseDepth(xml);
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (xml.LocalName)
            {
                case "agent":
                    ReadAgent(xml);
                    break;
                case "title":
                    draft.Tag("ti", TextOf(xml));
                    break;
                case "songwriter":
                    draft.Tag("songwriter", TextOf(xml));
                    break;
                case "meta":
                    draft.Tag((xml.Attribute("key") ?? "").ToLowerInvariant(), xml.Attribute("value") ?? "");
                    break;
                case Translated or Romanised:
                    layer = xml.LocalName;
                    language = xml.Language();
                    break;
                case "text" when xml.Attribute("for") is { } key:
                    ReadLayer(xml, key, language, layer);
                    break;
            }
        }
    }

    private void ReadAgent(XmlReader xml)
    {
        if (xml.Attribute("id") is not { Length: > 0 } id)
        {
            return;
        }

        var type = xml.Attribute("type") ?? "";
        _agents[id] = new LyricAgent(type, TextOf(xml));
    }

    private void ReadLayer(XmlReader xml, string key, string language, string layer)
    {
        if (!_layers.TryGetValue(key, out var layers))
        {
            _layers.Add(key, layers = new TtmlLayers());
        }

        var background = new StringBuilder();
        var main = TtmlFlow.TextOf(xml, background);
        if (layer == Romanised)
        {
            layers.Main.AddRomanisation(language, main);
            layers.Background.AddRomanisation(language, TtmlFlow.Collapsed(background));
        }
        else
        {
            layers.Main.AddTranslation(language, main);
            layers.Background.AddTranslation(language, TtmlFlow.Collapsed(background));
        }
    }

    private static string TextOf(XmlReader xml) => TtmlFlow.TextOf(xml, background: null);
}
