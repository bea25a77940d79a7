using System.Text.Json;
using MusicSocial.Lyrics.Drafting;
using MusicSocial.Lyrics.Lrc;
using MusicSocial.Lyrics.Text;

namespace MusicSocial.Lyrics.Measured;

/// <summary>
/// What KRC keeps beside its lines: <c>[language:...]</c>, JSON in base64, with how each word sounds and what each line means. KuGou
/// does not say in which language, and counts lines instead of timing them.
/// </summary>
internal sealed class KrcLayers
{
    private const string Mark = "[language:";
    private const string UnknownLanguage = "und";
    private const string UnknownRomanisation = "und-Latn";
    private const int Romanisation = 0;
    private const int Translation = 1;

    private static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 8 };

    /// <summary>Of each timed line of the source, where the draft keeps it; nothing for one without text.</summary>
    private readonly List<int?> _rows = [];

    private string? _encoded;
    private int _number;

    /// <summary>Takes the tag, if the line is it; the last one counts.</summary>
    public bool TryTake(ReadOnlySpan<char> line, int number)
    {
        if (!line.StartsWith(Mark, StringComparison.OrdinalIgnoreCase) || line[^1] != ']' || line.Length <= Mark.Length + LrcTags.LongestLanguageTag)
        {
            return false;
        }

        _encoded = line[Mark.Length..^1].ToString();
        _number = number;
        return true;
    }

    public void Row(int? index) => _rows.Add(index);

    public void AttachTo(SheetDraft draft)
    {
        if (_encoded is null)
        {
            return;
        }

        try
        {
            using var json = JsonDocument.Parse(Convert.FromBase64String(_encoded), Shallow);
            foreach (var layer in json.RootElement.GetProperty("content").EnumerateArray())
            {
                Attach(layer, draft);
            }
        }
        // Not base64, not JSON, of other types than it should be, a property missing: the song itself can be read all the same.
        catch (Exception damaged) when (damaged is FormatException or JsonException or InvalidOperationException or KeyNotFoundException)
        {
            draft.Warn(LyricWarnings.BadTranslation, _number);
        }
    }

    private void Attach(JsonElement layer, SheetDraft draft)
    {
        var kind = layer.GetProperty("type").GetInt32();
        if (kind is not (Romanisation or Translation))
        {
            return;
        }

        // Lines without text have an (empty) translation, but nothing to sound.
        using var rows = _rows.Where(row => kind == Translation || row is not null).GetEnumerator();
        foreach (var pieces in layer.GetProperty("lyricContent").EnumerateArray())
        {
            if (!rows.MoveNext())
            {
                return;
            }

            var text = Blanks.Collapse(string.Join(' ', pieces.EnumerateArray().Select(piece => piece.GetString())));
            if (rows.Current is { } index && text.Length > 0)
            {
                draft.Replace(index, With(draft.Timed[index], kind, text));
            }
        }
    }

    private static LyricLine With(LyricLine line, int kind, string text) => kind == Translation
        ? line with { Translations = line.Translations.SetItem(UnknownLanguage, text) }
        : line with { Romanisations = line.Romanisations.SetItem(UnknownRomanisation, text) };
}
