namespace MusicSocial.Server.Lyrics.Revisions;

/// <summary>The newest revision of a track and who made it.</summary>
internal sealed record NewestRevision
{
    public long Revision { get; init; }
    public string UserId { get; init; } = "";
}

/// <summary>A revision as the list reads it, without its bytes.</summary>
internal sealed record RevisionRow
{
    public long Revision { get; init; }
    public string UserId { get; init; } = "";
    public long CreatedAtMs { get; init; }
    public long Kind { get; init; }
    public long? FromRevision { get; init; }
    public long Timing { get; init; }
    public long LineCount { get; init; }
    public long OffsetMs { get; init; }
    public long Reports { get; init; }
}
