using MusicSocial.Faults.History;

namespace MusicSocial.Faults;

/// <summary>What came of one run.</summary>
/// <param name="Seed">Chose the faults.</param>
/// <param name="Faults">What was done to the hub, in order.</param>
/// <param name="Acknowledged">Comments the hub called durable.</param>
/// <param name="Commands">Room commands.</param>
/// <param name="Deliveries">Events delivered to all followers.</param>
/// <param name="Converged">From the end of the last fault until every follower knew everything.</param>
/// <param name="Violations">Broken promises.</param>
internal sealed record FaultOutcome(
    int Seed, IReadOnlyList<string> Faults, int Acknowledged, int Commands, int Deliveries, TimeSpan Converged, IReadOnlyList<Violation> Violations);
