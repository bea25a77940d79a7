using System.Text;
using System.Xml;

namespace MusicSocial.Lyrics.Ttml;

/// <summary>Text that XML can hold: control characters and halves of surrogate pairs are left out.</summary>
internal static class TtmlSafe
{
    public static string Text(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune != Rune.ReplacementChar && (rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value)))
            {
                safe.Append(rune.ToString());
            }
        }

        return safe.ToString();
    }
}
