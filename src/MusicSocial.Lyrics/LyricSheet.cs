using System.Collections.Immutable;

namespace MusicSocial.Lyrics;

/// <summary>The words of a track, whatever format they came in. Immutable; equal when everything but the warnings is equal.</summary>
/// <remarks>
/// Lines stand in order of their start; equal starts keep the order of the source. Background vocals are lines of
/// their own right after the line they accompany, whenever they start themselves.
/// </remarks>
public sealed record LyricSheet
{
    /// <summary>The lines; never none.</summary>
    public ImmutableArray<LyricLine> Lines { get; init; } = [];

    /// <summary>The tags of the source as written, keys in lower case: <c>ti</c>, <c>ar</c>, <c>offset</c> (already applied to all times) ...</summary>
    public ImmutableSortedDictionary<string, string> Metadata { get; init; } = LyricLine.NoTexts;

    /// <summary>The singers the source declares, by the key that lines refer to in <see cref="LyricLine.Agent"/>.</summary>
    public ImmutableSortedDictionary<string, LyricAgent> Agents { get; init; } = NoAgents;

    /// <summary>The language the source declares, as written; not guessed.</summary>
    public string? Language { get; init; }

    /// <summary>What was left out or mended, at most <see cref="LyricLimits.Warnings"/> of them.</summary>
    public ImmutableArray<LyricWarning> Warnings { get; init; } = [];

    /// <summary>True when lines have times.</summary>
    public bool Synced => !Lines.IsEmpty && Lines[0].StartMs is not null;

    /// <summary>True when at least one line has timed words.</summary>
    public bool WordSynced => Lines.Any(line => !line.Words.IsEmpty);

    internal static ImmutableSortedDictionary<string, LyricAgent> NoAgents { get; } =
        ImmutableSortedDictionary.Create<string, LyricAgent>(StringComparer.Ordinal);

    /// <summary>The same sheet with every time moved.</summary>
    /// <param name="offsetMs">Milliseconds; as in LRC's <c>[offset:]</c>, positive means earlier. Times never fall below 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">More than 100 hours in either direction.</exception>
    public LyricSheet WithOffset(int offsetMs)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offsetMs, LyricLimits.TimeMs);
        ArgumentOutOfRangeException.ThrowIfLessThan(offsetMs, -LyricLimits.TimeMs);
        return offsetMs == 0 ? this : this with { Lines = [.. Lines.Select(line => line.ShiftedBy(-offsetMs))] };
    }

    /// <inheritdoc/>
    public bool Equals(LyricSheet? other) =>
        other is not null
        && Language == other.Language
        && Lines.AsSpan().SequenceEqual(other.Lines.AsSpan())
        && Metadata.SequenceEqual(other.Metadata)
        && Agents.SequenceEqual(other.Agents);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Language, Lines.Length, Metadata.Count, Agents.Count);
}
