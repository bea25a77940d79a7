using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace MusicSocial.Lyrics.OpenSubsonic;

/// <summary>
/// Writes OpenSubsonic's <c>lyricsList</c> (extension songLyrics, version 2): the lines for every client, cue lines
/// with words and singers for those that know them, and translations as lists of their own.
/// </summary>
/// <remarks>https://opensubsonic.netlify.app/docs/responses/cueline/</remarks>
internal sealed class StructuredLyricsWriter
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly LyricSheet _sheet;
    private readonly StructuredSingers _singers;
    private readonly Utf8JsonWriter _json;

    private StructuredLyricsWriter(LyricSheet sheet, Utf8JsonWriter json)
    {
        _sheet = sheet;
        _singers = new StructuredSingers(sheet);
        _json = json;
    }

    public static string Write(LyricSheet sheet)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            new StructuredLyricsWriter(sheet, json).WriteList();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private void WriteList()
    {
        _json.WriteStartObject();
        _json.WriteStartArray("structuredLyrics");
        WriteMain();
        foreach (var language in Languages(line => line.Translations))
        {
            WriteLayer("translation", language, line => line.Translations);
        }

        foreach (var language in Languages(line => line.Romanisations))
        {
            WriteLayer("pronunciation", language, line => line.Romanisations);
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void WriteMain()
    {
        WriteHead("main", _sheet.Language ?? "und");
        WriteLines(_sheet.Lines.Where(IsListed).Select(line => (line.StartMs, line.Text)));
        if (_sheet.WordSynced)
        {
            _singers.Write(_json);
            WriteCueLines();
        }

        _json.WriteEndObject();
    }

    /// <summary>Background vocals are cues of the line they accompany; ahead of every line, they are listed themselves.</summary>
    private bool IsListed(LyricLine line) => !line.IsBackground || !_sheet.WordSynced || ReferenceEquals(_sheet.Lines[0], line);

    private void WriteCueLines()
    {
        _json.WriteStartArray("cueLine");
        var index = -1;
        foreach (var line in _sheet.Lines)
        {
            index += IsListed(line) ? 1 : 0;
            var words = line.Words.IsEmpty && line is { IsBackground: true, StartMs: { } startMs }
                ? [new LyricWord(startMs, line.EndMs, line.Text)]
                : line.Words;
            if (!words.IsEmpty)
            {
                WriteCueLine(index, line, words);
            }
        }

        _json.WriteEndArray();
    }

    private void WriteCueLine(int index, LyricLine line, ImmutableArray<LyricWord> words)
    {
        _json.WriteStartObject();
        _json.WriteNumber("index", index);
        _json.WriteNumber("start", words[0].StartMs);
        if ((line.EndMs ?? words[^1].EndMs) is { } endMs)
        {
            _json.WriteNumber("end", endMs);
        }

        _json.WriteString("value", line.Text);
        _json.WriteString("agentId", StructuredSingers.IdOf(line));
        _json.WriteStartArray("cue");
        var at = 0;
        for (var word = 0; word < words.Length; word++)
        {
            at = WriteCue(words, word, line.EndMs, at);
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    /// <summary>Writes one cue; ends are on all cues of a line or on none. Returns the byte behind it.</summary>
    private int WriteCue(ImmutableArray<LyricWord> words, int index, int? lineEndMs, int at)
    {
        var word = words[index];
        var length = Encoding.UTF8.GetByteCount(word.Text);
        var lastEndMs = words[^1].EndMs ?? lineEndMs;
        _json.WriteStartObject();
        _json.WriteNumber("start", word.StartMs);
        if (lastEndMs is { } last)
        {
            _json.WriteNumber("end", word.EndMs ?? (index + 1 < words.Length ? words[index + 1].StartMs : int.Max(last, word.StartMs)));
        }

        _json.WriteString("value", word.Text);
        _json.WriteNumber("byteStart", at);
        _json.WriteNumber("byteEnd", int.Max(at, at + length - 1));
        _json.WriteEndObject();
        return at + length;
    }

    private void WriteLayer(string kind, string language, Func<LyricLine, IReadOnlyDictionary<string, string>> layer)
    {
        WriteHead(kind, language);
        WriteLines(_sheet.Lines.Where(line => layer(line).ContainsKey(language)).Select(line => (line.StartMs, layer(line)[language])));
        _json.WriteEndObject();
    }

    private void WriteHead(string kind, string language)
    {
        _json.WriteStartObject();
        _json.WriteString("kind", kind);
        _json.WriteString("lang", language);
        _json.WriteBoolean("synced", _sheet.Synced);
        _json.WriteNumber("offset", 0);
        if (_sheet.Metadata.TryGetValue("ar", out var artist))
        {
            _json.WriteString("displayArtist", artist);
        }

        if (_sheet.Metadata.TryGetValue("ti", out var title))
        {
            _json.WriteString("displayTitle", title);
        }
    }

    private void WriteLines(IEnumerable<(int? StartMs, string Text)> lines)
    {
        _json.WriteStartArray("line");
        foreach (var (startMs, text) in lines)
        {
            _json.WriteStartObject();
            if (startMs is { } start)
            {
                _json.WriteNumber("start", start);
            }

            _json.WriteString("value", text);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private IEnumerable<string> Languages(Func<LyricLine, IReadOnlyDictionary<string, string>> layer) =>
        _sheet.Lines.SelectMany(line => layer(line).Keys).Distinct().Order(StringComparer.Ordinal);
}
