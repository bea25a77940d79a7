namespace MusicSocial.Load.Fanout;

/// <summary>What one run of one row found at one server.</summary>
/// <param name="Row">The row.</param>
/// <param name="Server">Who served.</param>
/// <param name="Size">Where on a curve it stands, e.g. how many listeners; 0 for rows that are no curve.</param>
/// <param name="Values">The figures by name; units in <see cref="Figures"/>.</param>
/// <param name="Violations">What was wrong with what listeners got; empty is what is promised.</param>
internal sealed record Reading(
    string Row, string Server, double Size, IReadOnlyDictionary<string, double> Values, IReadOnlyList<string> Violations);

/// <summary>Names of figures.</summary>
internal static class Figures
{
    /// <summary>Processor time of the server per event and listener, in microseconds.</summary>
    public const string Cpu = "cpuUs";

    /// <summary>Half of the deliveries took at most this long from when they were due, in milliseconds.</summary>
    public const string Median = "p50Ms";

    public const string P99 = "p99Ms";

    public const string P999 = "p999Ms";

    /// <summary>Bytes allocated by the server per event and listener.</summary>
    public const string Garbage = "garbageBytes";

    /// <summary>Events in the frames that arrived, on average.</summary>
    public const string EventsPerFrame = "eventsPerFrame";

    /// <summary>Events delivered per second, summed over the listeners.</summary>
    public const string PerSecond = "deliveriesPerSecond";

    /// <summary>Of all processor time of the server's core, how much the server used; 1 is all.</summary>
    public const string Busy = "busyShare";

    /// <summary>Of all time, how much the crowd itself was busy; near 1 it is the crowd that limits.</summary>
    public const string CrowdBusy = "crowdBusyShare";

    /// <summary>Bytes of resident memory per connection.</summary>
    public const string Resident = "residentBytes";

    /// <summary>p99 of the healthy with stalled listeners among them, by p99 without.</summary>
    public const string StallRatio = "stallRatio";

    /// <summary>Seconds until everybody has come back and been told what they missed.</summary>
    public const string Back = "backSeconds";

    /// <summary>SQL reads of tables meanwhile.</summary>
    public const string Reads = "sqlReads";

    /// <summary>Share of those who came back that were told exactly what they missed.</summary>
    public const string RecoveredShare = "recoveredShare";
}
