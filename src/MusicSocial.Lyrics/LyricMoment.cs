using System.Collections.Immutable;

namespace MusicSocial.Lyrics;

/// <summary>What a screen shows at one position of a track.</summary>
/// <param name="Active">Indices into <see cref="LyricSheet.Lines"/>, ascending; several where lines overlap, none in silences.</param>
/// <param name="Next">The next line to start that has text, if one does.</param>
/// <param name="Interlude">Nothing is sung for at least <see cref="LyricLimits.InterludeMs"/> around here, and a line follows.</param>
public readonly record struct LyricMoment(ImmutableArray<int> Active, int? Next, bool Interlude);
