using System.Buffers.Binary;
using System.Text;

namespace MusicSocial.DemoMusic.Tests.Midi;

/// <summary>Reads back what the writer wrote, independently of it.</summary>
internal static class MidiReading
{
    public static IEnumerable<(long Tick, int Key, int Velocity)> Notes(byte[] file) =>
        Events(file).Where(entry => (entry.Status & 0xF0) == 0x90).Select(entry => (entry.Tick, (int)entry.Data[0], (int)entry.Data[1]));

    public static IEnumerable<(long Tick, string Text)> Lyrics(byte[] file) =>
        Events(file).Where(entry => entry is { Status: 0xFF, Meta: 5 }).Select(entry => (entry.Tick, Encoding.UTF8.GetString(entry.Data)));

    private static List<(long Tick, int Status, int Meta, byte[] Data)> Events(byte[] file)
    {
        var events = new List<(long, int, int, byte[])>();
        Assert.Equal("MThd", Encoding.ASCII.GetString(file, 0, 4));
        for (var at = 14; at < file.Length;)
        {
            Assert.Equal("MTrk", Encoding.ASCII.GetString(file, at, 4));
            var end = at + 8 + BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at + 4));
            at += 8;
            var tick = 0L;
            while (at < end)
            {
                tick += Number(file, ref at);
                var status = file[at++];
                var meta = status == 0xFF ? file[at++] : -1;
                var length = status == 0xFF ? (int)Number(file, ref at) : (status & 0xF0) == 0xC0 ? 1 : 2;
                events.Add((tick, status, meta, file[at..(at + length)]));
                at += length;
            }
            Assert.Equal(end, at);
        }
        return events;
    }

    private static long Number(byte[] file, ref int at)
    {
        long value = 0;
        do
            value = value << 7 | (byte)(file[at] & 0x7F);
        while ((file[at++] & 0x80) != 0);
        return value;
    }
}
