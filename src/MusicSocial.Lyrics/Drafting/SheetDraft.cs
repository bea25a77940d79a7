using System.Collections.Immutable;
using System.Runtime.InteropServices;
using MusicSocial.Lyrics.Text;

namespace MusicSocial.Lyrics.Drafting;

/// <summary>A sheet while it is being read: keeps the limits, drops what is untimed, sorts, applies the offset.</summary>
internal sealed class SheetDraft
{
    private readonly List<LyricLine> _timed = [];
    private readonly List<(LyricLine Line, int? Number)> _untimed = [];
    private readonly List<LyricWarning> _warnings = [];
    private readonly Dictionary<string, string> _tags = new(StringComparer.Ordinal);
    private int _untimedLines;
    private int _words;

    /// <summary>Milliseconds by which everything is earlier than the stamps say.</summary>
    public int OffsetMs { get; set; }

    public string? Language { get; set; }

    public ImmutableSortedDictionary<string, LyricAgent> Agents { get; set; } = LyricSheet.NoAgents;

    /// <summary>The timed lines so far, in source order.</summary>
    public ReadOnlySpan<LyricLine> Timed => CollectionsMarshal.AsSpan(_timed);

    public void Tag(string key, string value)
    {
        if (value.Length > 0 && (_tags.Count < LyricLimits.Tags || _tags.ContainsKey(key)))
        {
            _tags[key] = value;
        }
    }

    public void Warn(string code, int? number)
    {
        if (_warnings.Count < LyricLimits.Warnings)
        {
            _warnings.Add(new LyricWarning(code, number));
        }
    }

    /// <summary>Takes the next line of the source; background vocals directly after the line they accompany.</summary>
    public void Add(LyricLine line, int? number)
    {
        if (line.StartMs is null)
        {
            _untimed.Add((line, number));
            _untimedLines++;
            return;
        }

        if (_timed.Count == LyricLimits.Lines)
        {
            throw new LyricRefusedException(LyricRefusals.TooManyLines, number);
        }

        _words += line.Words.Length;
        if (_words > LyricLimits.Words)
        {
            throw new LyricRefusedException(LyricRefusals.TooLarge, number);
        }

        _timed.Add(line);
    }

    /// <summary>Takes a line without a time: it counts only if no line has one, so none are kept beyond what a sheet may have.</summary>
    public void AddUntimed(ReadOnlySpan<char> text, int number)
    {
        if (++_untimedLines <= LyricLimits.Lines)
        {
            _untimed.Add((new LyricLine { Text = Blanks.Collapse(text) }, number));
        }
    }

    public void Replace(int index, LyricLine line) => _timed[index] = line;

    public LyricSheet Build()
    {
        if (_timed.Count == 0)
        {
            return Sheet(Untimed());
        }

        foreach (var (_, number) in _untimed)
        {
            Warn(LyricWarnings.UntimedLine, number);
        }

        var sheet = Sheet(LineOrder.Sorted(Timed));
        return sheet.WithOffset(OffsetMs);
    }

    private ImmutableArray<LyricLine> Untimed()
    {
        if (_untimedLines > LyricLimits.Lines)
        {
            throw new LyricRefusedException(LyricRefusals.TooManyLines);
        }

        return _untimed.Count == 0
            ? throw new LyricRefusedException(LyricRefusals.Empty)
            : [.. _untimed.Select(untimed => untimed.Line)];
    }

    private LyricSheet Sheet(ImmutableArray<LyricLine> lines) => new()
    {
        Lines = lines,
        Metadata = _tags.ToImmutableSortedDictionary(StringComparer.Ordinal),
        Agents = Agents,
        Language = Language,
        Warnings = [.. _warnings],
    };
}
