using System.Text;
using System.Xml;
using MusicSocial.Lyrics.Text;

namespace MusicSocial.Lyrics.Ttml;

/// <summary>The text inside an element, without its times.</summary>
internal static class TtmlFlow
{
    /// <summary>Reads to the end of the element; text in background vocals goes to <paramref name="background"/>, if asked for.</summary>
    public static string TextOf(XmlReader xml, StringBuilder? background)
    {
        if (xml.IsEmptyElement)
        {
            return "";
        }

        var depth = xml.Depth;
        var backgroundDepth = int.MaxValue;
        var main = new StringBuilder();
        while (xml.Read() && xml.Depth > depth)
        {
            TtmlDocument.RefuseDepth(xml);
            if (xml.Depth <= backgroundDepth)
            {
                backgroundDepth = int.MaxValue;
            }

            if (xml.NodeType == XmlNodeType.Element && background is not null && !xml.IsEmptyElement
                && xml.Attribute("role") == "x-bg")
            {
                backgroundDepth = int.Min(backgroundDepth, xml.Depth);
            }
            else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
            {
                (backgroundDepth < int.MaxValue ? background! : main).Append(VisibleText.Clean(xml.Value));
            }
        }

        return Collapsed(main);
    }

    public static string Collapsed(StringBuilder text) =>
        string.Join(' ', text.ToString().Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
