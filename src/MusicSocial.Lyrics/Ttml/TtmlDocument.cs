using System.Xml;

namespace MusicSocial.Lyrics.Ttml;

/// <summary>XML of strangers: no definitions, no files, no depth.</summary>
internal static class TtmlDocument
{
    public const int DeepestLevel = 64;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>Opens the document; XML errors become refusals in <see cref="Guard"/>.</summary>
    public static XmlReader Open(string text) => XmlReader.Create(new StringReader(text), Settings);

    /// <summary>Runs a reading of the document, and refuses what the XML reader refuses.</summary>
    public static T Guard<T>(string text, Func<T> read)
    {
        if (DeclaresDocumentType(text))
        {
            throw new LyricRefusedException(LyricRefusals.DtdProhibited);
        }

        TtmlTags.RefuseCrowded(text);
        try
        {
            return read();
        }
        catch (XmlException exception)
        {
            throw new LyricRefusedException(LyricRefusals.InvalidXml, exception.LineNumber > 0 ? exception.LineNumber : null);
        }
    }

    public static void RefuseDepth(XmlReader reader)
    {
        if (reader.Depth > DeepestLevel)
        {
            throw new LyricRefusedException(LyricRefusals.InvalidXml, (reader as IXmlLineInfo)?.LineNumber);
        }
    }

    /// <summary>Looks through what may stand before the root: blanks, comments and processing instructions.</summary>
    private static bool DeclaresDocumentType(ReadOnlySpan<char> text)
    {
        while (true)
        {
            text = text.TrimStart();
            var close = text switch
            {
                ['<', '?', ..] => "?>",
                ['<', '!', '-', '-', ..] => "-->",
                _ => null,
            };
            if (close is null)
            {
                return text.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase);
            }

            var end = text.IndexOf(close, StringComparison.Ordinal);
            if (end < 0)
            {
                return false;
            }

            text = text[(end + close.Length)..];
        }
    }
}
