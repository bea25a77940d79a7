using MusicSocial.Faults.Rig;

namespace MusicSocial.Faults.Nemeses;

/// <summary>A way to hurt a hub.</summary>
/// <param name="Name">As the report calls it.</param>
/// <param name="StrikeAsync">Does it; the hub is healed later, whatever was done.</param>
internal sealed record Nemesis(string Name, Func<FaultCluster, Random, Task> StrikeAsync);
