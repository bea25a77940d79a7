using System.Runtime.InteropServices;

namespace MusicSocial.Sync;

/// <summary>When a command is applied, and when what it starts is due.</summary>
/// <param name="Now">The present hub time.</param>
/// <param name="Start">The instant at which music that the command sets going starts: now plus the lead.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Moment(HubTime Now, HubTime Start)
{
    /// <summary>The moment <paramref name="now"/> with a lead brought into bounds.</summary>
    public static Moment Of(HubTime now, TimeSpan lead) => new(now, now + Lead.Clamp(lead));
}
