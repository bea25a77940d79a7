namespace MusicSocial.Lyrics;

/// <summary>A singer or group of singers, as declared by the source.</summary>
/// <param name="Type"><c>person</c>, <c>group</c>, <c>other</c> or whatever the source says; empty when it does not say.</param>
/// <param name="Name">A name to show; empty when the source gives none.</param>
public sealed record LyricAgent(string Type, string Name);
