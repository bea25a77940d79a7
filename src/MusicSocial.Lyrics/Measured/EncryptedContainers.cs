using System.Buffers;
using MusicSocial.Lyrics.Text;

namespace MusicSocial.Lyrics.Measured;

/// <summary>Recognises KRC and QRC as players store them: encrypted. They are refused by name instead of shown as noise.</summary>
internal static class EncryptedContainers
{
    /// <summary>Fewer hexadecimal digits than this may be a word, when nobody says that they are lyrics of QQ Music.</summary>
    private const int ShortestHexBody = 64;

    private const int ShortestDeclaredHexBody = 16;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private static ReadOnlySpan<byte> QrcMagic => [0x98, 0x25, 0xB0, 0xAC];

    public static void Refuse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("krc1"u8) || bytes.StartsWith(QrcMagic) || bytes.StartsWith("a3JjMT"u8))
        {
            throw new LyricRefusedException(LyricRefusals.EncryptedUnsupported);
        }
    }

    /// <summary>QQ Music's server sends its ciphertext as one run of hexadecimal digits.</summary>
    public static void RefuseHexBody(ReadOnlySpan<char> text, LyricFormat format)
    {
        text = Blanks.Trim(text);
        var shortest = format is LyricFormat.Text ? ShortestHexBody : ShortestDeclaredHexBody;
        if (text.Length >= shortest && !text.ContainsAnyExcept(HexDigits))
        {
            throw new LyricRefusedException(LyricRefusals.EncryptedUnsupported);
        }
    }
}
