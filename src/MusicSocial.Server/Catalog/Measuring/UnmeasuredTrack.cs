namespace MusicSocial.Server.Catalog.Measuring;

/// <summary>A track that was not measured yet, and the content that is to be.</summary>
internal sealed record UnmeasuredTrack(string Id, string Path, string Fingerprint);
