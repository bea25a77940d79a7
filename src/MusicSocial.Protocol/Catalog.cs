namespace MusicSocial.Protocol;

/// <summary>A track of the catalog.</summary>
/// <param name="Id">Opaque and permanent: it survives moving, renaming and retagging the file.</param>
/// <param name="Title">From the tags, else the file name.</param>
/// <param name="Artist">From the tags; empty when unknown.</param>
/// <param name="Album">From the tags; null when unknown.</param>
/// <param name="DurationMs">Length in milliseconds, above 0.</param>
/// <param name="HasLyrics">Whether <c>GET /api/tracks/{id}/lyrics</c> has a cue sheet.</param>
/// <param name="CoverUrl">Path of the cover image; changes when the image does.</param>
/// <param name="AudioUrl">Path of the audio; needs no token.</param>
/// <param name="Loudness">Integrated loudness after EBU R128, LUFS; null until it is measured and where it cannot be.</param>
/// <param name="Peak">True peak, dB relative to full scale; present with <paramref name="Loudness"/>.</param>
public sealed record Track(
    string Id, string Title, string Artist, string? Album, long DurationMs, bool HasLyrics, string CoverUrl, string AudioUrl,
    double? Loudness = null, double? Peak = null);

/// <summary>Data of the event <c>track.length</c>: a track was decoded and is not as long as its file said.</summary>
/// <param name="TrackId">The track.</param>
/// <param name="DurationMs">Its length in milliseconds, as it is heard.</param>
public sealed record TrackLength(string TrackId, long DurationMs);

/// <summary>A track in pieces that can each be decoded without the others, for players that place sound sample by sample.</summary>
/// <param name="State">Whether the pieces can be fetched.</param>
/// <param name="ChunkMs">Track milliseconds from the beginning of one piece to the beginning of the next.</param>
/// <param name="PrerollMs">How much earlier every piece but the first begins: decoders converge during it, and it is not to be played.</param>
/// <param name="Count">How many pieces.</param>
/// <param name="DurationMs">The true length of the sound in milliseconds, decoded.</param>
/// <param name="Url">Path of a piece; <c>{index}</c> stands for 0 to count - 1. Needs no token.</param>
/// <param name="WholeUrl">Path of the whole track as one Opus file, or as it is where that is not larger; empty until the pieces are ready. Needs no token.</param>
public sealed record ChunkList(ChunksState State, double ChunkMs, double PrerollMs, int Count, double DurationMs, string Url, string WholeUrl);

/// <summary>Whether a track can be fetched in chunks.</summary>
public enum ChunksState
{
    /// <summary>Ready to be fetched.</summary>
    Ready,

    /// <summary>Being prepared: ask again in a few seconds.</summary>
    Coming,

    /// <summary>This track is played from its file only.</summary>
    Never,
}

/// <summary>POST /api/admin/scan: look at the music folders now.</summary>
/// <param name="Force">Whether files that seem unchanged are read again too.</param>
/// <param name="Path">Which of them: a folder or file as <c>{folder}/{path below it}</c>; all when absent.</param>
public sealed record ScanRequest(bool? Force, string? Path);

/// <summary>The scan of the music folders by the node that answers: the one that runs, else the last.</summary>
/// <param name="Running">Whether one runs or is about to.</param>
/// <param name="Found">Audio files found.</param>
/// <param name="Read">Files read because they were new or changed.</param>
/// <param name="Skipped">What was found and is not listed.</param>
public sealed record ScanStatus(bool Running, int Found, int Read, IReadOnlyList<SkippedFile> Skipped);

/// <summary>A file or folder that is not listed.</summary>
/// <param name="Path"><c>{folder}/{path below it}</c>.</param>
/// <param name="Reason"><c>unreadable</c> (no audio, or broken), <c>copy</c> (the sound of a track that is listed), <c>name</c> (not in UTF-8) or <c>folder</c> (may not be listed).</param>
public sealed record SkippedFile(string Path, string Reason);
