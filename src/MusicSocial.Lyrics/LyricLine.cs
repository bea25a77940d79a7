using System.Collections.Immutable;

namespace MusicSocial.Lyrics;

/// <summary>One line of a <see cref="LyricSheet"/>, as it is shown on a screen.</summary>
/// <remarks>Two lines are equal when everything they say is equal, list by list.</remarks>
public sealed record LyricLine
{
    /// <summary>The <see cref="Role"/> of background vocals: a line of its own, right after the line it accompanies.</summary>
    public const string Background = "bg";

    /// <summary>Milliseconds from the start of the track; absent on every line of an unsynced sheet.</summary>
    public int? StartMs { get; init; }

    /// <summary>Milliseconds, if the source says when the line ends; otherwise it lasts until the next line starts.</summary>
    public int? EndMs { get; init; }

    /// <summary>Text, never markup: a client that shows it as HTML must escape it. Empty on a timed line that clears the screen.</summary>
    public string Text { get; init; } = "";

    /// <summary><see cref="Background"/>, or nothing for a main line.</summary>
    public string? Role { get; init; }

    /// <summary>Who sings: a key of <see cref="LyricSheet.Agents"/>, or a bare mark such as <c>v1</c> or <c>F</c>.</summary>
    public string? Agent { get; init; }

    /// <summary>The timed words, in order; empty when only the line is timed.</summary>
    public ImmutableArray<LyricWord> Words { get; init; } = [];

    /// <summary>Translations by language tag (BCP 47 as written in the source; <c>und</c> when it names none).</summary>
    public ImmutableSortedDictionary<string, string> Translations { get; init; } = NoTexts;

    /// <summary>The line in Latin or other letters, by language tag (such as <c>ja-Latn</c>).</summary>
    public ImmutableSortedDictionary<string, string> Romanisations { get; init; } = NoTexts;

    internal static ImmutableSortedDictionary<string, string> NoTexts { get; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    internal bool IsBackground => Role == Background;

    /// <inheritdoc/>
    public bool Equals(LyricLine? other) =>
        other is not null
        && StartMs == other.StartMs && EndMs == other.EndMs
        && Text == other.Text && Role == other.Role && Agent == other.Agent
        && Words.AsSpan().SequenceEqual(other.Words.AsSpan())
        && Translations.SequenceEqual(other.Translations)
        && Romanisations.SequenceEqual(other.Romanisations);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(StartMs, EndMs, Text, Role, Agent, Words.Length);

    internal LyricLine ShiftedBy(int deltaMs) => this with
    {
        StartMs = StartMs is { } start ? int.Max(0, start + deltaMs) : null,
        EndMs = EndMs is { } end ? int.Max(0, end + deltaMs) : null,
        Words = [.. Words.Select(word => word.ShiftedBy(deltaMs))],
    };
}
