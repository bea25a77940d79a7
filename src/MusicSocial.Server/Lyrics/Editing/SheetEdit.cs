using MusicSocial.Lyrics;

namespace MusicSocial.Server.Lyrics.Editing;

/// <summary>PUT /api/tracks/{id}/lyrics/sheet: a whole sheet, as an editor makes it.</summary>
/// <param name="Language">BCP 47.</param>
/// <param name="Lines">Either all have a start or none has.</param>
/// <param name="Agents">The singers that lines refer to.</param>
/// <param name="BasedOn">The revision the editor began with; absent when it does not matter.</param>
public sealed record SheetEdit(
    string? Language, IReadOnlyList<LineEdit>? Lines, IReadOnlyDictionary<string, LyricAgent>? Agents, long? BasedOn);

/// <summary>A line of an edited sheet; see <see cref="CueLine"/>.</summary>
public sealed record LineEdit(
    int? StartMs, int? EndMs, string? Text, string? Role, string? Agent, IReadOnlyList<CueWord>? Words,
    IReadOnlyDictionary<string, string>? Translations, IReadOnlyDictionary<string, string>? Romanisations);

/// <summary>POST /api/tracks/{id}/lyrics/shift.</summary>
/// <param name="ByMs">All lines are this much later; negative is earlier.</param>
/// <param name="BasedOn">The revision one saw; absent when it does not matter.</param>
public sealed record ShiftRequest(int ByMs, long? BasedOn);
