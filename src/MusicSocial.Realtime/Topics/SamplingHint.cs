namespace MusicSocial.Realtime.Topics;

/// <summary>Whose an event is that may be left out of a sample.</summary>
/// <param name="AuthorId">Who sees it in any case; null when nobody does.</param>
/// <param name="IsAlwaysShown">Whether everybody gets it all the same, as what a host says.</param>
public readonly record struct SamplingHint(string? AuthorId, bool IsAlwaysShown = false);
