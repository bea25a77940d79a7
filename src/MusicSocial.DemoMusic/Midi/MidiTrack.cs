using System.Buffers.Binary;

namespace MusicSocial.DemoMusic.Midi;

/// <summary>Collects events at absolute ticks and writes them as an <c>MTrk</c> chunk in order, ends of notes before their beginnings.</summary>
internal sealed class MidiTrack
{
    private readonly List<(long Tick, int Rank, byte[] Bytes)> _events = [];

    public void Event(long tick, int status, params int[] data)
    {
        var rank = (status & 0xF0) switch { 0x90 => 2, 0x80 => 1, _ => 0 };
        _events.Add((tick, rank, [(byte)status, .. data.Select(value => (byte)value)]));
    }

    public void Meta(long tick, byte type, byte[] content) =>
        _events.Add((tick, 0, [0xFF, type, .. VariableLength(content.Length), .. content]));

    public void WriteTo(Stream file)
    {
        using var body = new MemoryStream();
        var last = 0L;
        foreach (var (tick, _, bytes) in _events.OrderBy(entry => entry.Tick).ThenBy(entry => entry.Rank))
        {
            body.Write(VariableLength(tick - last));
            body.Write(bytes);
            last = tick;
        }
        body.Write([0, 0xFF, 0x2F, 0]);

        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, (int)body.Length);
        file.Write("MTrk"u8);
        file.Write(length);
        body.WriteTo(file);
    }

    /// <summary>A number in groups of seven bits, most significant first, all but the last with the top bit set.</summary>
    internal static byte[] VariableLength(long value)
    {
        var bytes = new List<byte> { (byte)(value & 0x7F) };
        while ((value >>= 7) > 0)
            bytes.Insert(0, (byte)(value & 0x7F | 0x80));
        return [.. bytes];
    }
}
