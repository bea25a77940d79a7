namespace MusicSocial.Server.Catalog.Chunks;

/// <summary>A track in pieces that can each be decoded without the others, for players that place sound sample by sample.</summary>
/// <param name="State">Whether they can be had.</param>
/// <param name="ChunkMs">Track milliseconds from one piece's beginning to the next one's.</param>
/// <param name="PrerollMs">How much earlier every piece but the first begins: decoders settle during it, and it is not to be heard.</param>
/// <param name="Count">How many pieces.</param>
/// <param name="DurationMs">The true length of the sound in milliseconds, decoded.</param>
/// <param name="Url">Path of a piece; <c>{index}</c> stands for 0 to count - 1. Needs no token.</param>
/// <param name="WholeUrl">Path of the whole track as one Opus file, or as it is where that is not larger; empty until the pieces are ready. Needs no token.</param>
public sealed record ChunkList(ChunksState State, double ChunkMs, double PrerollMs, int Count, double DurationMs, string Url, string WholeUrl);

/// <summary>Whether a track can be had in chunks.</summary>
public enum ChunksState
{
    /// <summary>Ready to be fetched.</summary>
    Ready,

    /// <summary>Being prepared: ask again in a few seconds.</summary>
    Coming,

    /// <summary>This track is heard from its file only.</summary>
    Never,
}
