namespace MusicSocial.Server.Lyrics.Revisions;

/// <summary>Lyrics as they came.</summary>
/// <param name="Source">The bytes: a file's, or what an editor made.</param>
/// <param name="Format">Wire name of the format asked for, if any; <see cref="Editing.EditedSheet.Format"/> for what an editor made.</param>
/// <param name="Encoding">The encoding hint, if any.</param>
internal sealed record LyricRevision(byte[] Source, string? Format = null, string? Encoding = null)
{
    /// <summary>Milliseconds by which all lines are later than the source says.</summary>
    public int OffsetMs { get; init; }
}
