using System.Buffers.Binary;
using System.Text;

namespace MusicSocial.Server.Tests.Catalog;

/// <summary>Writes ID3v2 tags the way taggers of each version do.</summary>
internal static class Id3Tag
{
    /// <summary>SYLT: milliseconds, lyrics, UTF-8 or (before 2.4) Latin-1.</summary>
    public static byte[] Sylt(params (string Text, int Ms)[] entries) => Sylt(format: 2, entries);

    public static byte[] Sylt(byte format, params (string Text, int Ms)[] entries)
    {
        var body = new List<byte> { 3, (byte)'e', (byte)'n', (byte)'g', format, 1, 0 };
        foreach (var (text, ms) in entries)
        {
            body.AddRange(Encoding.UTF8.GetBytes(text));
            body.Add(0);
            body.AddRange(BigEndian(ms));
        }

        return [.. body];
    }

    public static byte[] Uslt(string text) => [3, (byte)'e', (byte)'n', (byte)'g', 0, .. Encoding.UTF8.GetBytes(text)];

    /// <summary>A whole tag of these frames (id and body).</summary>
    public static byte[] Of(int version, bool unsynchronised = false, bool extended = false, params (string Id, byte[] Body)[] frames)
    {
        var inside = new List<byte>();
        if (extended)
            inside.AddRange(version == 3 ? [0, 0, 0, 6, 0, 0, 0, 0, 0, 0] : [0, 0, 0, 6, 1, 0]);
        foreach (var (id, body) in frames)
            inside.AddRange(Frame(version, id, body, unsynchronised));
        var bytes = version < 4 && unsynchronised ? Unsynchronise([.. inside]) : [.. inside];
        var flags = (byte)((unsynchronised ? 0x80 : 0) | (extended ? 0x40 : 0));
        return [(byte)'I', (byte)'D', (byte)'3', (byte)version, 0, flags, .. SynchSafe(bytes.Length), .. bytes];
    }

    private static byte[] Frame(int version, string id, byte[] body, bool unsynchronised)
    {
        var name = Encoding.ASCII.GetBytes(id);
        if (version == 2)
            return [.. name, .. BigEndian(body.Length)[1..], .. body];
        if (version == 3)
            return [.. name, .. BigEndian(body.Length), 0, 0, .. body];
        // Version 2.4 writes the real length in front of a frame it made longer.
        var written = unsynchronised ? [.. SynchSafe(body.Length), .. Unsynchronise(body)] : body;
        return [.. name, .. SynchSafe(written.Length), 0, (byte)(unsynchronised ? 0x03 : 0), .. written];
    }

    private static byte[] Unsynchronise(byte[] bytes) =>
        [.. bytes.SelectMany((value, i) => value == 0xFF && (i + 1 == bytes.Length || bytes[i + 1] is 0 or >= 0xE0) ? new byte[] { 0xFF, 0 } : [value])];

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] SynchSafe(int value) =>
        [(byte)((value >> 21) & 0x7F), (byte)((value >> 14) & 0x7F), (byte)((value >> 7) & 0x7F), (byte)(value & 0x7F)];
}
