using MusicSocial.Client.Clock;

namespace MusicSocial.Client.Tests.Clock;

/// <summary>A machine whose steady clock is wrong, its way to the hub, and what it believes of hub time; all in simulated time.</summary>
internal sealed class SimulatedDevice
{
    private readonly SteadyClock _device = new();
    private readonly SimulatedPath _path;
    private readonly double _speed;
    private double _stepMs;
    private double _burstAtMs;
    private int _bursts;

    public SimulatedDevice(double ppm, SimulatedPath path)
    {
        _speed = 1 + (ppm * 1e-6);
        _path = path;
        Clock = new HubClock(_device);
    }

    public HubClock Clock { get; }

    /// <summary>What the hub's clock shows more than before; a device knows nothing of it.</summary>
    public double HubStepMs { get; set; }

    /// <summary>Believed minus true hub time, milliseconds.</summary>
    public double ErrorMs { get; private set; }

    /// <summary>The device's steady clock leaps: it slept, or was moved to another machine.</summary>
    public void Step(double byMs) => _stepMs += byMs;

    /// <summary>Lives until a true time, asking as often as a client does.</summary>
    public void LiveUntil(double trueMs)
    {
        while (_burstAtMs <= trueMs)
            _burstAtMs = AskFrom(_burstAtMs);
        SetClock(trueMs);
        ErrorMs = Clock.IsReady ? Clock.Now.Ms - (trueMs + HubStepMs) : double.NaN;
    }

    /// <summary>One burst; the true time of the next one.</summary>
    private double AskFrom(double trueMs)
    {
        var probes = new List<Probe>();
        var now = trueMs;
        for (var i = 0; i < ClockProbes.PerBurst; i++)
        {
            var (up, down) = _path.Next();
            if (up + down >= ClockProbes.LostAfter.TotalMilliseconds)
            {
                now += ClockProbes.LostAfter.TotalMilliseconds;
                break;
            }

            probes.Add(new Probe(SetClock(now), now + up + HubStepMs, SetClock(now + up + down)));
            now += up + down;
        }

        Clock.Take(probes);
        return now + ClockProbes.PauseAfter(++_bursts, TimeSpan.FromMilliseconds(trueMs)).TotalMilliseconds;
    }

    private double SetClock(double trueMs)
    {
        _device.Ms = (trueMs * _speed) + _stepMs;
        return Clock.LocalMs;
    }

    private sealed class SteadyClock : TimeProvider
    {
        public double Ms { get; set; }

        public override long TimestampFrequency => 1_000_000_000;

        public override long GetTimestamp() => (long)(Ms * 1e6);
    }
}
