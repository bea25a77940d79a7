using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace MusicSocial.Realtime.Transport;

/// <summary>Checks that text is UTF-8 while it arrives in pieces that may split a character. A value of its own per message.</summary>
internal struct Utf8Validator
{
    private const int LongestCharacter = 4;

    private uint _begun;
    private int _begunBytes;

    /// <summary>Whether the text could end here.</summary>
    public readonly bool IsWhole => _begunBytes == 0;

    /// <summary>Takes the next piece; false when the text is not UTF-8 whatever follows.</summary>
    public bool Take(ReadOnlySpan<byte> piece)
    {
        if (_begunBytes > 0 && !Finish(ref piece))
            return false;
        if (Utf8.IsValid(piece))
            return true;
        var end = piece.Length - Math.Min(piece.Length, LongestCharacter - 1);
        // The last character may have only begun: it starts at one of the last three bytes.
        for (var start = piece.Length - 1; start >= end; start--)
        {
            if ((piece[start] & 0xc0) != 0x80)
                return Begin(piece[start..]) && Utf8.IsValid(piece[..start]);
        }

        return false;
    }

    private bool Begin(ReadOnlySpan<byte> bytes)
    {
        if (Rune.DecodeFromUtf8(bytes, out _, out _) != OperationStatus.NeedMoreData)
            return false;
        (_begun, _begunBytes) = (0, 0);
        foreach (var one in bytes)
            Append(one);
        return true;
    }

    private bool Finish(ref ReadOnlySpan<byte> piece)
    {
        Span<byte> character = stackalloc byte[LongestCharacter];
        while (!piece.IsEmpty)
        {
            Append(piece[0]);
            piece = piece[1..];
            var length = _begunBytes;
            for (var i = 0; i < length; i++)
                character[i] = (byte)(_begun >> (8 * i));
            var status = Rune.DecodeFromUtf8(character[..length], out _, out var taken);
            if (status == OperationStatus.NeedMoreData)
                continue;
            _begunBytes = 0;
            return status == OperationStatus.Done && taken == length;
        }

        return true;
    }

    private void Append(byte one)
    {
        _begun = _begunBytes == 0 ? one : _begun | ((uint)one << (8 * _begunBytes));
        _begunBytes++;
    }
}
