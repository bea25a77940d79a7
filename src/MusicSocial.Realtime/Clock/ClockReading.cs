
namespace MusicSocial.Realtime.Clock;

/// <summary>What the authority said.</summary>
/// <param name="Time">Its own wall clock, which may have jumped.</param>
/// <param name="CorrectionUs">What the nodes have agreed to add, in microseconds; null when it is not known (any more).</param>
internal readonly record struct ClockReading(HubTime Time, long? CorrectionUs);
