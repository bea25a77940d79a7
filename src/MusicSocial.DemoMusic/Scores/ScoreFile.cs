using System.Text.Json;

namespace MusicSocial.DemoMusic.Scores;

/// <summary>Reads <c>songs/*.json</c>. A property the score format does not know is refused, so a typing mistake never passes silently.</summary>
internal static class ScoreFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    public static Score Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (JsonException mistake)
        {
            throw new FormatException($"{Path.GetFileName(path)}: {mistake.Message}", mistake);
        }
    }

    public static Score Parse(string json) =>
        JsonSerializer.Deserialize<Score>(json, Options) ?? throw new FormatException("The score is empty.");
}
