using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using MessagePack;
using MessagePack.Formatters;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MusicSocial.Realtime.Hubs;

/// <summary>
/// The "messagepack" hub protocol with the shapes of the wire's JSON: every argument and result passes through <see cref="WireJson"/>, so that
/// both protocols carry the same names and limits by construction.
/// </summary>
public static class MessagePackWire
{
    /// <summary>Deepest nesting read, as in <see cref="WireJson"/>.</summary>
    private const int DeepestNesting = 32;

    private static readonly MessagePackSerializerOptions Options = MessagePackSerializerOptions.Standard
        .WithResolver(new JsonResolver())
        .WithSecurity(MessagePackSecurity.UntrustedData.WithMaximumObjectGraphDepth(DeepestNesting));

    /// <summary>Offers "messagepack" beside the protocols that are there, on a server or a client.</summary>
    public static TBuilder AddMessagePackWire<TBuilder>(this TBuilder builder)
        where TBuilder : ISignalRBuilder =>
        builder.AddMessagePackProtocol(protocol => protocol.SerializerOptions = Options);

    /// <summary>The protocol by itself.</summary>
    public static IHubProtocol CreateProtocol() =>
        new MessagePackHubProtocol(new OptionsWrapper<MessagePackHubProtocolOptions>(new() { SerializerOptions = Options }));

    private sealed class JsonResolver : IFormatterResolver
    {
        public IMessagePackFormatter<T> GetFormatter<T>() => JsonFormatter<T>.Instance;
    }

    private sealed class JsonFormatter<T> : IMessagePackFormatter<T>
    {
        public static readonly JsonFormatter<T> Instance = new();

        public void Serialize(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options) =>
            MessagePackJson.Write(ref writer, value is JsonElement json ? json : JsonSerializer.SerializeToElement(value, WireJson.Options));

        public T Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
        {
            var text = new ArrayBufferWriter<byte>();
            using (var json = new Utf8JsonWriter(text, new() { Encoder = WireJson.Options.Encoder }))
                MessagePackJson.Read(ref reader, json, options.Security);
            return JsonSerializer.Deserialize<T>(text.WrittenSpan, WireJson.Options)!;
        }
    }
}

/// <summary>Turns JSON into MessagePack and back, value by value: binary is base64, a timestamp an ISO 8601 string; what JSON cannot say is refused.</summary>
internal static class MessagePackJson
{
    public static void Write(ref MessagePackWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteMapHeader(value.GetPropertyCount());
                foreach (var property in value.EnumerateObject())
                {
                    writer.Write(property.Name);
                    Write(ref writer, property.Value);
                }

                break;
            case JsonValueKind.Array:
                writer.WriteArrayHeader(value.GetArrayLength());
                foreach (var element in value.EnumerateArray())
                    Write(ref writer, element);
                break;
            case JsonValueKind.String:
                writer.Write(value.GetString());
                break;
            case JsonValueKind.Number when value.TryGetInt64(out var integer):
                writer.Write(integer);
                break;
            case JsonValueKind.Number when value.TryGetUInt64(out var large):
                writer.Write(large);
                break;
            case JsonValueKind.Number:
                writer.Write(value.GetDouble());
                break;
            case JsonValueKind.True or JsonValueKind.False:
                writer.Write(value.ValueKind == JsonValueKind.True);
                break;
            default:
                writer.WriteNil();
                break;
        }
    }

    public static void Read(ref MessagePackReader reader, Utf8JsonWriter json, MessagePackSecurity security)
    {
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Nil:
                reader.ReadNil();
                json.WriteNullValue();
                break;
            case MessagePackType.Boolean:
                json.WriteBooleanValue(reader.ReadBoolean());
                break;
            case MessagePackType.Integer when reader.NextCode == MessagePackCode.UInt64:
                json.WriteNumberValue(reader.ReadUInt64());
                break;
            case MessagePackType.Integer:
                json.WriteNumberValue(reader.ReadInt64());
                break;
            case MessagePackType.Float when reader.NextCode == MessagePackCode.Float32:
                json.WriteNumberValue(reader.ReadSingle());
                break;
            case MessagePackType.Float:
                json.WriteNumberValue(reader.ReadDouble());
                break;
            case MessagePackType.String:
                json.WriteStringValue(ReadText(ref reader));
                break;
            case MessagePackType.Binary:
                json.WriteBase64StringValue(reader.ReadBytes()!.Value.ToArray());
                break;
            case MessagePackType.Array or MessagePackType.Map:
                ReadContainer(ref reader, json, security);
                break;
            case MessagePackType.Extension:
                json.WriteStringValue(new DateTimeOffset(reader.ReadDateTime()));
                break;
            default:
                throw new MessagePackSerializationException("A byte without meaning.");
        }
    }

    private static void ReadContainer(ref MessagePackReader reader, Utf8JsonWriter json, MessagePackSecurity security)
    {
        security.DepthStep(ref reader);
        if (reader.NextMessagePackType == MessagePackType.Array)
        {
            var count = reader.ReadArrayHeader();
            json.WriteStartArray();
            for (var i = 0; i < count; i++)
                Read(ref reader, json, security);
            json.WriteEndArray();
        }
        else
        {
            var count = reader.ReadMapHeader();
            json.WriteStartObject();
            for (var i = 0; i < count; i++)
            {
                WriteName(ref reader, json);
                Read(ref reader, json, security);
            }

            json.WriteEndObject();
        }

        reader.Depth--;
    }

    private static void WriteName(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        if (reader.NextMessagePackType == MessagePackType.Integer)
            json.WritePropertyName(reader.ReadInt64().ToString(CultureInfo.InvariantCulture));
        else
            json.WritePropertyName(ReadText(ref reader));
    }

    private static byte[] ReadText(ref MessagePackReader reader) =>
        reader.ReadStringSequence() is { } text && text.ToArray() is var bytes && Utf8.IsValid(bytes)
            ? bytes
            : throw new MessagePackSerializationException("A text that is not UTF-8, or a map key that is nil.");
}
