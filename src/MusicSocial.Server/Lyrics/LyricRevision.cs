namespace MusicSocial.Server.Lyrics;

/// <summary>Lyrics as somebody uploaded them.</summary>
/// <param name="Source">The file's bytes.</param>
/// <param name="Format">Wire name of the format asked for, if any.</param>
/// <param name="Encoding">The encoding hint, if any.</param>
internal sealed record LyricRevision(byte[] Source, string? Format, string? Encoding);
