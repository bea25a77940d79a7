using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;

namespace MusicSocial.Realtime.MessagePack;

/// <summary>
/// Turns the wire's JSON into MessagePack and back, value by value, so that both hub protocols carry the same shapes by construction.
/// Maps are objects, binary is base64, a timestamp extension is an ISO 8601 string; what JSON cannot say is refused.
/// </summary>
internal static class MessagePackJson
{
    private const int TimestampType = -1;

    /// <summary>Copies the value the reader stands on, up to its last token.</summary>
    public static void Write(ref Utf8JsonReader json, MessagePackWriter output)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.StartObject:
                WriteObject(ref json, output);
                break;
            case JsonTokenType.StartArray:
                WriteArray(ref json, output);
                break;
            case JsonTokenType.String:
                WriteText(ref json, output);
                break;
            case JsonTokenType.Number:
                WriteNumber(ref json, output);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                output.WriteBoolean(json.TokenType == JsonTokenType.True);
                break;
            default:
                output.WriteNil();
                break;
        }
    }

    /// <summary>Copies the next value; throws <see cref="InvalidDataException"/> for what JSON cannot say.</summary>
    public static void Read(ref MessagePackReader input, Utf8JsonWriter json)
    {
        var token = input.Read();
        switch (token.Kind)
        {
            case MessagePackKind.Nil:
                json.WriteNullValue();
                break;
            case MessagePackKind.False or MessagePackKind.True:
                json.WriteBooleanValue(token.Kind == MessagePackKind.True);
                break;
            case MessagePackKind.Integer:
                json.WriteNumberValue(token.Integer);
                break;
            case MessagePackKind.LargeInteger:
                json.WriteNumberValue(unchecked((ulong)token.Integer));
                break;
            case MessagePackKind.Single:
                json.WriteNumberValue((float)Finite(token.Number));
                break;
            case MessagePackKind.Double:
                json.WriteNumberValue(Finite(token.Number));
                break;
            case MessagePackKind.String:
                json.WriteStringValue(token.Bytes);
                break;
            case MessagePackKind.Binary:
                json.WriteBase64StringValue(token.Bytes);
                break;
            case MessagePackKind.Array:
                ReadArray(ref input, token.Count, json);
                break;
            case MessagePackKind.Map:
                ReadMap(ref input, token.Count, json);
                break;
            default:
                json.WriteStringValue(ReadTimestamp(token));
                break;
        }
    }

    private static void WriteObject(ref Utf8JsonReader json, MessagePackWriter output)
    {
        var opened = output.Open();
        var count = 0;
        for (; json.Read() && json.TokenType != JsonTokenType.EndObject; count++)
        {
            WriteText(ref json, output);
            json.Read();
            Write(ref json, output);
        }

        output.CloseMap(opened, count);
    }

    private static void WriteArray(ref Utf8JsonReader json, MessagePackWriter output)
    {
        var opened = output.Open();
        var count = 0;
        for (; json.Read() && json.TokenType != JsonTokenType.EndArray; count++)
        {
            Write(ref json, output);
        }

        output.CloseArray(opened, count);
    }

    private static void WriteText(ref Utf8JsonReader json, MessagePackWriter output)
    {
        if (!json.ValueIsEscaped)
        {
            output.WriteString(json.ValueSpan);
            return;
        }

        var unescaped = ArrayPool<byte>.Shared.Rent(json.ValueSpan.Length);
        output.WriteString(unescaped.AsSpan(0, json.CopyString(unescaped)));
        ArrayPool<byte>.Shared.Return(unescaped);
    }

    private static void WriteNumber(ref Utf8JsonReader json, MessagePackWriter output)
    {
        if (json.TryGetInt64(out var integer))
        {
            output.WriteInteger(integer);
        }
        else if (json.TryGetUInt64(out var large))
        {
            output.WriteInteger(large);
        }
        else
        {
            output.WriteDouble(json.GetDouble());
        }
    }

    private static void ReadArray(ref MessagePackReader input, int count, Utf8JsonWriter json)
    {
        json.WriteStartArray();
        for (var i = 0; i < count; i++)
        {
            Read(ref input, json);
        }

        json.WriteEndArray();
    }

    private static void ReadMap(ref MessagePackReader input, int count, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        for (var i = 0; i < count; i++)
        {
            var key = input.Read();
            if (key.Kind == MessagePackKind.String)
            {
                json.WritePropertyName(key.Bytes);
            }
            else if (key.Kind == MessagePackKind.Integer)
            {
                json.WritePropertyName(key.Integer.ToString(CultureInfo.InvariantCulture));
            }
            else
            {
                throw new InvalidDataException("A map key is neither a string nor an integer.");
            }

            Read(ref input, json);
        }

        json.WriteEndObject();
    }

    private static double Finite(double number) =>
        double.IsFinite(number) ? number : throw new InvalidDataException("JSON has no such number.");

    private static DateTimeOffset ReadTimestamp(MessagePackToken token)
    {
        var bytes = token.Bytes;
        var (seconds, nanoseconds) = (token.Integer, bytes.Length) switch
        {
            (TimestampType, 4) => (BinaryPrimitives.ReadUInt32BigEndian(bytes), 0L),
            (TimestampType, 8) => Split(BinaryPrimitives.ReadUInt64BigEndian(bytes)),
            (TimestampType, 12) => (BinaryPrimitives.ReadInt64BigEndian(bytes[4..]), BinaryPrimitives.ReadUInt32BigEndian(bytes)),
            _ => throw new InvalidDataException("An extension that is not a timestamp."),
        };
        if (nanoseconds > 999_999_999
            || seconds < DateTimeOffset.MinValue.ToUnixTimeSeconds()
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            throw new InvalidDataException("A timestamp out of range.");
        }

        return DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanoseconds / 100);
    }

    // timestamp 64: the upper 30 bits are nanoseconds, the lower 34 seconds.
    private static (long Seconds, long Nanoseconds) Split(ulong value) => ((long)(value & 0x3_ffff_ffff), (long)(value >> 34));
}
