using MusicSocial.Lyrics.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MusicSocial.Lyrics.Lyricsfile;

/// <summary>Walks through YAML of strangers event by event: no anchors, no aliases, no depth; a shape that surprises is invalid.</summary>
internal sealed class YamlWalk(string text)
{
    private const int DeepestLevel = 16;

    private readonly Parser _parser = new(new StringReader(text));
    private int _depth;

    /// <summary>The line of the event the walk stands on.</summary>
    public int Line => (int)Current.Start.Line;

    private ParsingEvent Current => _parser.Current ?? throw Surprise();

    public void OpenDocument()
    {
        Advance();
        Expect<StreamStart>();
        Expect<DocumentStart>();
    }

    /// <summary>Hands every key to the reader, which must read, or skip, its value.</summary>
    public void Mapping(Action<string> readValueOf)
    {
        if (IsNull())
        {
            return;
        }

        Expect<MappingStart>();
        Descend();
        while (Current is not MappingEnd)
        {
            readValueOf(Scalar() ?? "");
        }

        _depth--;
        Advance();
    }

    public void Sequence(Action readItem)
    {
        if (IsNull())
        {
            return;
        }

        Expect<SequenceStart>();
        Descend();
        while (Current is not SequenceEnd)
        {
            readItem();
        }

        _depth--;
        Advance();
    }

    /// <summary>A scalar; nothing for YAML's null.</summary>
    public string? Scalar()
    {
        var scalar = Expect<Scalar>();
        return scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null" ? null : scalar.Value;
    }

    /// <summary>Whole milliseconds within <see cref="LyricLimits.TimeMs"/>; nothing for anything else.</summary>
    public int? Time()
    {
        var at = 0;
        var value = Scalar();
        return Digits.TryReadTime(value, ref at, out var milliseconds) && at == value!.Length ? milliseconds : null;
    }

    /// <summary>Passes over a value of any shape.</summary>
    public void Skip()
    {
        switch (Current)
        {
            case MappingStart:
                Mapping(_ => Skip());
                break;
            case SequenceStart:
                Sequence(Skip);
                break;
            default:
                Expect<Scalar>();
                break;
        }
    }

    private bool IsNull()
    {
        var isNull = Current is Scalar { Style: ScalarStyle.Plain, Value: "" or "~" or "null" };
        if (isNull)
        {
            Advance();
        }

        return isNull;
    }

    private T Expect<T>()
        where T : ParsingEvent
    {
        if (Current is not T expected || expected is NodeEvent { Anchor.IsEmpty: false })
        {
            throw Surprise();
        }

        Advance();
        return expected;
    }

    private void Descend()
    {
        if (++_depth > DeepestLevel)
        {
            throw Surprise();
        }
    }

    private void Advance()
    {
        try
        {
            _parser.MoveNext();
        }
        catch (Exception exception) when (exception is not YamlException)
        {
            // The scanner meets some malformed inputs with InvalidOperationException and its like.
            throw Surprise();
        }
    }

    private LyricRefusedException Surprise() =>
        new(LyricRefusals.InvalidYaml, _parser.Current is { } current ? (int)current.Start.Line : null);
}
