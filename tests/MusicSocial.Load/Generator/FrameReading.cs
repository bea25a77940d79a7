using System.Buffers.Text;
using System.Text.Json;

namespace MusicSocial.Load.Generator;

/// <summary>Reads the JSON of hub messages that carry events.</summary>
internal static class FrameReading
{
    /// <summary>The frame in a whole hub message <c>Frame</c>.</summary>
    public static KnownFrame Frame(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("arguments"u8))
            {
                reader.Read();
                reader.Read();
                return Body(ref reader);
            }
        }

        throw new InvalidDataException("A frame without arguments.");
    }

    /// <summary>The events of a follow's answer.</summary>
    public static List<KnownEvent> EventsOf(JsonElement answer)
    {
        var reader = new Utf8JsonReader(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(answer.GetProperty("events")));
        reader.Read();
        return Events(ref reader);
    }

    private static KnownFrame Body(ref Utf8JsonReader reader)
    {
        string topic = "", epoch = "";
        long from = 0, to = 0, shown = 0, total = 0;
        List<KnownEvent> events = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            reader.Read();
            if (name.SequenceEqual("topic"u8))
                topic = reader.GetString()!;
            else if (name.SequenceEqual("epoch"u8))
                epoch = reader.GetString()!;
            else if (name.SequenceEqual("from"u8))
                from = reader.GetInt64();
            else if (name.SequenceEqual("to"u8))
                to = reader.GetInt64();
            else if (name.SequenceEqual("shown"u8))
                shown = reader.GetInt64();
            else if (name.SequenceEqual("total"u8))
                total = reader.GetInt64();
            else if (name.SequenceEqual("events"u8))
                events = Events(ref reader);
            else
                reader.Skip();
        }

        return new(topic, epoch, from, to, shown, total, events);
    }

    private static List<KnownEvent> Events(ref Utf8JsonReader reader)
    {
        List<KnownEvent> events = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            long offset = 0, stamp = 0, number = 0;
            var depth = reader.CurrentDepth;
            while (reader.Read() && reader.CurrentDepth > depth)
            {
                if (reader.TokenType != JsonTokenType.PropertyName)
                    continue;
                if (offset == 0 && reader.ValueTextEquals("offset"u8))
                {
                    reader.Read();
                    offset = reader.GetInt64();
                }
                else if (stamp == 0 && reader.ValueTextEquals("text"u8))
                {
                    reader.Read();
                    (stamp, number) = StampOf(reader.ValueSpan);
                }
            }

            events.Add(new(offset, stamp, number));
        }

        return events;
    }

    // The text of what the crowd publishes begins with two numbers.
    private static (long Stamp, long Number) StampOf(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out long stamp, out var length) && length < text.Length
        && Utf8Parser.TryParse(text[(length + 1)..], out long number, out _)
            ? (stamp, number)
            : (0, 0);
}
