using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.InteropServices;

namespace MusicSocial.Load.Generator;

/// <summary>
/// Frames by a 64-bit hash of all their bytes. A frame is read and checked event by event the first time it comes; thousands who get the same bytes
/// cost a hash each. So every byte is looked at for every listener, at a tenth of the price of reading it.
/// </summary>
internal sealed class FrameLedger
{
    private const int Generation = 8_192;
    private const ulong Odd = 0x9E37_79B9_7F4A_7C15;

    private Dictionary<(ulong Hash, int Length), KnownFrame> _young = [];
    private Dictionary<(ulong Hash, int Length), KnownFrame> _old = [];

    public bool TryGet(ulong hash, int length, [NotNullWhen(true)] out KnownFrame? frame) =>
        _young.TryGetValue((hash, length), out frame) || _old.TryGetValue((hash, length), out frame);

    public void Add(ulong hash, int length, KnownFrame frame)
    {
        if (_young.Count >= Generation)
            (_old, _young) = (_young, []);
        _young[(hash, length)] = frame;
    }

    public static ulong HashOf(ReadOnlySpan<byte> bytes)
    {
        ulong a = Odd, b = ~Odd, c = Odd << 7, d = Odd >> 9;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        var at = 0;
        for (; at + 4 <= words.Length; at += 4)
        {
            a = Mixed(a, words[at]);
            b = Mixed(b, words[at + 1]);
            c = Mixed(c, words[at + 2]);
            d = Mixed(d, words[at + 3]);
        }

        for (; at < words.Length; at++)
            a = Mixed(a, words[at]);
        foreach (var last in bytes[(words.Length * sizeof(ulong))..])
            b = Mixed(b, last);
        return Mixed(Mixed(Mixed(a, b), c), d);
    }

    private static ulong Mixed(ulong hash, ulong word) => BitOperations.RotateLeft((hash ^ word) * Odd, 29);
}
