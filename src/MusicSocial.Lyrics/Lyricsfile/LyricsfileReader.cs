using MusicSocial.Lyrics.Drafting;
using MusicSocial.Lyrics.PlainText;
using MusicSocial.Lyrics.Text;
using YamlDotNet.Core;

namespace MusicSocial.Lyrics.Lyricsfile;

/// <summary>Lyricsfile 1.x, the YAML of LRCLIB: metadata, timed lines with words, and a plain text used when no line is timed.</summary>
internal sealed class LyricsfileReader
{
    private readonly YamlWalk _yaml;
    private readonly SheetDraft _draft = new();
    private readonly TimedText _words = new();
    private string? _version;
    private string _plain = "";

    private LyricsfileReader(YamlWalk yaml) => _yaml = yaml;

    public static LyricSheet Read(string text)
    {
        try
        {
            return new LyricsfileReader(new YamlWalk(text)).ReadDocument();
        }
        catch (YamlException exception)
        {
            throw new LyricRefusedException(LyricRefusals.InvalidYaml, (int)exception.Start.Line);
        }
    }

    private LyricSheet ReadDocument()
    {
        _yaml.OpenDocument();
        _yaml.Mapping(ReadTopLevel);
        if (_version is not ("1" or ['1', '.', ..]))
        {
            throw new LyricRefusedException(LyricRefusals.UnsupportedVersion);
        }

        AddPlainLines();
        return _draft.Build();
    }

    private void ReadTopLevel(string key)
    {
        switch (key)
        {
            case "version":
                _version = _yaml.Scalar();
                break;
            case "metadata":
                _yaml.Mapping(ReadMetadata);
                break;
            case "lines":
                _yaml.Sequence(ReadLine);
                break;
            case "plain":
                _plain = _yaml.Scalar() ?? "";
                break;
            default:
                _yaml.Skip();
                break;
        }
    }

    private void ReadMetadata(string key)
    {
        var value = Blanks.Collapse(_yaml.Scalar() ?? "");
        switch (key)
        {
            case "title":
                _draft.Tag("ti", value);
                break;
            case "artist":
                _draft.Tag("ar", value);
                break;
            case "album":
                _draft.Tag("al", value);
                break;
            case "language":
                _draft.Tag("lang", value);
                _draft.Language = value.Length > 0 ? value : null;
                break;
            case "offset_ms":
                SheetOffset.Take(value, _yaml.Line, _draft);
                break;
            default:
                _draft.Tag(key.ToLowerInvariant(), value);
                break;
        }
    }

    private void ReadLine()
    {
        var number = _yaml.Line;
        var timedWords = true;
        var (text, startMs, endMs) = ReadSpan(key =>
        {
            if (key == "words")
                _yaml.Sequence(() => timedWords &= ReadWord());
            else
                _yaml.Skip();
        });

        var words = _words.Take(out var joined);
        var worded = timedWords && !words.IsEmpty && startMs is not null;
        var shown = Blanks.Collapse(text ?? joined);
        if (worded)
        {
            (words, shown) = WordBlanks.Of(shown, words) is { } fitted ? (fitted, shown) : (words, joined);
        }

        _draft.Add(
            new LyricLine
            {
                StartMs = startMs,
                EndMs = startMs is { } start && endMs is { } end ? int.Max(start, end) : null,
                Text = shown,
                Words = worded ? words : [],
            },
            number);
    }

    /// <summary>Takes a word; false if it has no start, which makes the line's words useless.</summary>
    private bool ReadWord()
    {
        var (text, startMs, endMs) = ReadSpan(_ => _yaml.Skip());
        if (!string.IsNullOrEmpty(text))
        {
            _words.BeginWord(startMs ?? 0, endMs);
            _words.Append(text);
        }

        return startMs is not null;
    }

    /// <summary>What lines and words have in common; other keys are read by <paramref name="readOther"/>.</summary>
    private (string? Text, int? StartMs, int? EndMs) ReadSpan(Action<string> readOther)
    {
        string? text = null;
        int? startMs = null;
        int? endMs = null;
        _yaml.Mapping(key =>
        {
            switch (key)
            {
                case "text":
                    text = _yaml.Scalar();
                    break;
                case "start_ms":
                    startMs = _yaml.Time();
                    break;
                case "end_ms":
                    endMs = _yaml.Time();
                    break;
                default:
                    readOther(key);
                    break;
            }
        });
        return (text, startMs, endMs);
    }

    private void AddPlainLines()
    {
        if (!_draft.Timed.IsEmpty)
        {
            return;
        }

        PlainTextReader.AddLines(_plain, _draft);
    }
}
