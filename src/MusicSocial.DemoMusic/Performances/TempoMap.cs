namespace MusicSocial.DemoMusic.Performances;

/// <summary>Turns ticks into time. Tempo is constant between changes; ramps are sampled into small steps before they come here.</summary>
internal sealed class TempoMap
{
    /// <summary>Ticks of a quarter note.</summary>
    public const int TicksPerBeat = 480;

    private readonly (long Tick, int MicrosPerBeat, double StartsAtMs)[] _changes;

    public TempoMap(IEnumerable<(long Tick, double Bpm)> changes)
    {
        var ordered = changes.OrderBy(change => change.Tick).ToArray();
        if (ordered.Length == 0 || ordered[0].Tick != 0)
            throw new ArgumentException("The first tempo must stand at tick 0.", nameof(changes));
        _changes = new (long, int, double)[ordered.Length];
        for (var i = 0; i < ordered.Length; i++)
        {
            var startsAtMs = i == 0 ? 0 : _changes[i - 1].StartsAtMs + SpanMs(ordered[i].Tick - _changes[i - 1].Tick, _changes[i - 1].MicrosPerBeat);
            _changes[i] = (ordered[i].Tick, (int)Math.Round(60_000_000 / ordered[i].Bpm), startsAtMs);
        }
    }

    /// <summary>Each change as a MIDI tempo event has it.</summary>
    public IEnumerable<(long Tick, int MicrosPerBeat)> Changes => _changes.Select(change => (change.Tick, change.MicrosPerBeat));

    public TimeSpan TimeAt(long tick)
    {
        var i = _changes.Length - 1;
        while (i > 0 && _changes[i].Tick > tick)
            i--;
        return TimeSpan.FromMilliseconds(_changes[i].StartsAtMs + SpanMs(tick - _changes[i].Tick, _changes[i].MicrosPerBeat));
    }

    public static long TickOf(double beats) => (long)Math.Round(beats * TicksPerBeat);

    private static double SpanMs(long ticks, int microsPerBeat) => ticks * (double)microsPerBeat / TicksPerBeat / 1000;
}
