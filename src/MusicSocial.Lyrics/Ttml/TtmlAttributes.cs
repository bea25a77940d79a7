using System.Xml;

namespace MusicSocial.Lyrics.Ttml;

/// <summary>Attributes of the element a reader stands on, by local name.</summary>
internal static class TtmlAttributes
{
    public static string? Attribute(this XmlReader xml, string localName)
    {
        string? value = null;
        for (var more = xml.MoveToFirstAttribute(); more && value is null; more = xml.MoveToNextAttribute())
        {
            if (xml.LocalName == localName && xml.Prefix != "xmlns")
            {
                value = xml.Value.Trim();
            }
        }

        xml.MoveToElement();
        return value;
    }

    public static string Language(this XmlReader xml) => xml.Attribute("lang") is { Length: > 0 } language ? language : "und";

    public static int? Line(this XmlReader xml) => (xml as IXmlLineInfo)?.LineNumber;

    public static TtmlRange RangeOf(this TtmlClock clock, XmlReader xml) =>
        new(clock.Read(xml.Attribute("begin")), clock.Read(xml.Attribute("end")), clock.Read(xml.Attribute("dur")));
}
