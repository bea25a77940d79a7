using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MusicSocial.Client.Wire;

/// <summary>The one JSON dialect of the wire: camelCase names, lower-camel enums, absent instead of null.</summary>
internal static class WireJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    public static T Read<T>(JsonElement data) => data.Deserialize<T>(Options) ?? throw new JsonException("There is nothing to read.");

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
