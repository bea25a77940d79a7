using MusicSocial.Server.Playback;

namespace MusicSocial.Server.Listens;

/// <summary>A track somebody really heard.</summary>
/// <param name="Id">Sorts by when it was counted.</param>
/// <param name="Track">As the catalog has it now; as it was called then, when the catalog does not have it.</param>
/// <param name="StartedAtMs">Hub time at which its play began.</param>
public sealed record Listen(string Id, HeardTrack Track, double StartedAtMs);
