using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace MusicSocial.Realtime.Redis.Topics;

/// <summary>
/// How events and signals are written in Redis. Body: <c>type LF data</c>. Entry of the stream: <c>atMs SP body</c>. Doorbell of an event:
/// <c>E epoch SP offset SP entry</c>; of a signal: <c>L body</c> (latest wins) or <c>S body</c> (sum).
/// </summary>
internal static class TopicText
{
    private const byte Event = (byte)'E';
    private const byte Latest = (byte)'L';
    private const byte Sum = (byte)'S';

    public static byte[] Body(string type, JsonElement data)
    {
        var json = JsonMarshal.GetRawUtf8Value(data);
        var body = new byte[Encoding.UTF8.GetByteCount(type) + 1 + json.Length];
        var length = Encoding.UTF8.GetBytes(type, body);
        body[length] = (byte)'\n';
        json.CopyTo(body.AsSpan(length + 1));
        return body;
    }

    public static byte[] Doorbell(TopicSignal signal) =>
        [signal.Merge == SignalMerge.Sum ? Sum : Latest, .. Body(signal.Type, signal.Data)];

    /// <summary>An entry of the stream as the event with that number.</summary>
    public static TopicEvent ReadEntry(long offset, ReadOnlySpan<byte> entry)
    {
        var atMs = ReadNumber(TakeUntil(ref entry, (byte)' '));
        var type = Encoding.UTF8.GetString(TakeUntil(ref entry, (byte)'\n'));
        return new(offset, type, atMs, JsonElement.Parse(entry));
    }

    /// <summary>What an append answered: the event's epoch, number and time.</summary>
    public static (string Epoch, long Offset, double AtMs) ReadStamp(ReadOnlySpan<byte> stamp)
    {
        var epoch = Encoding.ASCII.GetString(TakeUntil(ref stamp, (byte)' '));
        var offset = (long)ReadNumber(TakeUntil(ref stamp, (byte)' '));
        return (epoch, offset, ReadNumber(stamp));
    }

    /// <summary>Reads a doorbell that is a signal; null when it is an event's.</summary>
    public static TopicSignal? ReadSignal(ReadOnlySpan<byte> doorbell)
    {
        if (doorbell[0] == Event)
            return null;
        var merge = doorbell[0] == Sum ? SignalMerge.Sum : SignalMerge.Latest;
        var rest = doorbell[1..];
        var type = Encoding.UTF8.GetString(TakeUntil(ref rest, (byte)'\n'));
        return new(type, JsonElement.Parse(rest)) { Merge = merge };
    }

    /// <summary>Reads a doorbell that is an event's.</summary>
    public static (string Epoch, TopicEvent Event) ReadEvent(ReadOnlySpan<byte> doorbell)
    {
        var rest = doorbell[1..];
        var epoch = Encoding.ASCII.GetString(TakeUntil(ref rest, (byte)' '));
        var offset = (long)ReadNumber(TakeUntil(ref rest, (byte)' '));
        return (epoch, ReadEntry(offset, rest));
    }

    private static ReadOnlySpan<byte> TakeUntil(ref ReadOnlySpan<byte> rest, byte end)
    {
        var index = rest.IndexOf(end);
        if (index < 0)
            throw new FormatException("Not written by a hub.");
        var taken = rest[..index];
        rest = rest[(index + 1)..];
        return taken;
    }

    private static double ReadNumber(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out double number, out var read) && read == text.Length
            ? number
            : throw new FormatException("Not written by a hub.");
}
