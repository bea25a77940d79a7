
namespace MusicSocial.Realtime.Clock;

/// <summary>One comparison with the authority.</summary>
/// <param name="Offset">The authority's time minus the process clock's.</param>
/// <param name="Error">It is not further off than this: half the round trip.</param>
/// <param name="At">When, on the process clock.</param>
internal sealed record ClockSample(TimeSpan Offset, TimeSpan Error, HubTime At)
{
    /// <summary>How far it may be off by now, when clocks run apart at that rate.</summary>
    public TimeSpan ErrorAt(HubTime now, double drift) => Error + ((now - At) * drift);
}
