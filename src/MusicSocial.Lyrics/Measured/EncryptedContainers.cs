using System.Buffers;
using MusicSocial.Lyrics.Text;

namespace MusicSocial.Lyrics.Measured;

/// <summary>Recognises KRC and QRC as players store them: encrypted, and songs encrypted likewise. They are refused by name instead of shown as noise.</summary>
internal static class EncryptedContainers
{
    /// <summary>Fewer hexadecimal digits than this may be a word, unless the caller says that they are lyrics of QQ Music.</summary>
    private const int ShortestHexBody = 64;

    private const int ShortestDeclaredHexBody = 16;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private static ReadOnlySpan<byte> QrcMagic => [0x98, 0x25, 0xB0, 0xAC];

    /// <summary>NetEase's .ncm.</summary>
    private static ReadOnlySpan<byte> NcmMagic => "CTENFDAM"u8;

    /// <summary>QQ Music's .qmcflac and .qmc0: "fLaC" and "ID3" under the first bytes of the oldest key stream.</summary>
    private static ReadOnlySpan<byte> QmcFlacMagic => [0xA5, 0x06, 0xB7, 0x89];

    private static ReadOnlySpan<byte> QmcMp3Magic => [0x8A, 0x0E, 0xE5];

    public static void Refuse(ReadOnlySpan<byte> bytes)
    {
        var lyrics = bytes.StartsWith("krc1"u8) || bytes.StartsWith(QrcMagic) || bytes.StartsWith("a3JjMT"u8);
        if (lyrics || bytes.StartsWith(NcmMagic) || bytes.StartsWith(QmcFlacMagic) || bytes.StartsWith(QmcMp3Magic) || IsQmcTagged(bytes))
        {
            throw new LyricRefusedException(LyricRefusals.EncryptedUnsupported);
        }
    }

    // Newer .qmc, .mflac and .mgg end with the length of their key, far below 16 MiB, and this mark.
    private static bool IsQmcTagged(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 8 && bytes[^8] == 0 && (bytes.EndsWith("QTag"u8) || bytes.EndsWith("STag"u8));

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
