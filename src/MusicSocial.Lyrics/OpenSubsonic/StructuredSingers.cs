using System.Text.Json;

namespace MusicSocial.Lyrics.OpenSubsonic;

/// <summary>The agents of structured lyrics: exactly one is the main voice, the first to sing; background vocals are one more.</summary>
internal sealed class StructuredSingers
{
    private const string Unnamed = "main";
    private const string Background = "background";

    private readonly LyricSheet _sheet;
    private readonly List<string> _ids;
    private readonly bool _hasBackground;

    public StructuredSingers(LyricSheet sheet)
    {
        _sheet = sheet;
        _ids = [.. sheet.Lines.Where(line => !line.IsBackground && line.Text.Length > 0).Select(line => line.Agent ?? Unnamed).Distinct()];
        _hasBackground = sheet.Lines.Any(line => line.IsBackground);
        if (_ids.Count == 0)
        {
            _ids.Add(Unnamed);
        }
    }

    public static string IdOf(LyricLine line) => line.IsBackground ? Background : line.Agent ?? Unnamed;

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("agents");
        for (var index = 0; index < _ids.Count; index++)
        {
            var agent = _sheet.Agents.GetValueOrDefault(_ids[index]);
            Write(json, _ids[index], index == 0 ? "main" : agent?.Type == "group" ? "group" : "voice", agent?.Name);
        }

        if (_hasBackground)
        {
            Write(json, Background, "bg", name: null);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string id, string role, string? name)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("role", role);
        if (!string.IsNullOrEmpty(name))
        {
            json.WriteString("name", name);
        }

        json.WriteEndObject();
    }
}
