namespace MusicSocial.Server.Catalog.Scanning;

/// <summary>What one scan did.</summary>
/// <param name="Found">Audio files the walk came by.</param>
/// <param name="Read">Files read because they are new or changed.</param>
/// <param name="Saved">Tracks written.</param>
/// <param name="Returned">Tracks whose file came back as it was.</param>
/// <param name="Hidden">Tracks whose file is away.</param>
/// <param name="Unreadable">Files that cannot be heard, now or before.</param>
/// <param name="Copies">Files with the content of a track that is heard from another file.</param>
/// <param name="Unsettled">Files still changing; the next scan looks again.</param>
internal sealed record ScanResult(int Found, int Read, int Saved, int Returned, int Hidden, int Unreadable, int Copies, int Unsettled)
{
    public bool ChangedAnything => Saved + Returned + Hidden > 0;
}
