using System.Text;
using MusicSocial.Lyrics.Text;

namespace MusicSocial.Lyrics.Id3;

/// <summary>Reads the strings of an ID3v2 frame: one encoding for all of them, each ended by a NUL of its width.</summary>
/// <remarks>https://id3.org/id3v2.4.0-structure, section 4.</remarks>
internal ref struct Id3Text(byte encoding, ReadOnlySpan<byte> bytes, string? hint)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsEmpty => _rest.IsEmpty;

    private readonly bool IsWide => encoding is 1 or 2;

    /// <summary>Reads up to the terminator, or to the end of the frame where it is missing.</summary>
    public string Next()
    {
        var length = Terminator();
        var text = Decode(_rest[..length]);
        _rest = _rest[int.Min(_rest.Length, length + (IsWide ? 2 : 1))..];
        return text;
    }

    /// <summary>Reads a time of four bytes; false if the frame ends before.</summary>
    public bool TryNextTime(out uint milliseconds)
    {
        if (_rest.Length < 4)
        {
            milliseconds = 0;
            _rest = [];
            return false;
        }

        milliseconds = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(_rest);
        _rest = _rest[4..];
        return true;
    }

    private readonly int Terminator()
    {
        if (!IsWide)
        {
            var end = _rest.IndexOf((byte)0);
            return end < 0 ? _rest.Length : end;
        }

        for (var at = 0; at + 1 < _rest.Length; at += 2)
        {
            if (_rest[at] == 0 && _rest[at + 1] == 0)
            {
                return at;
            }
        }

        return _rest.Length;
    }

    // Encoding 0 promises Latin-1 and holds whatever the tagger's machine used: it is treated like a file.
    private readonly string Decode(ReadOnlySpan<byte> text) => VisibleText.Clean(encoding switch
    {
        1 when text is not [0xFE, 0xFF, ..] and not [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(text),
        2 when text is not [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(text),
        _ => LyricEncoding.Decode(text, hint),
    });
}
