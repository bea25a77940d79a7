using MusicSocial.Client.Clock;

namespace MusicSocial.Client.Tests.Clock;

/// <summary>Clocks and networks that misbehave, in simulated time.</summary>
public sealed class ClockFaultTests
{
    private const double Minute = 60_000;

    [Theory]
    [InlineData(0)]
    [InlineData(3_600_000)]
    [InlineData(-7_200_000)]
    public void Hours_between_the_clocks_are_nothing(double hubAheadMs)
    {
        var device = new SimulatedDevice(ppm: 0, new SimulatedPath(1, baseMs: 1, queueMs: 0.5)) { HubStepMs = hubAheadMs };

        Assert.InRange(WorstBetween(device, 2_000, Minute), 0, 0.5);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(-200)]
    [InlineData(50)]
    public void A_drift_is_learnt_within_a_minute(double ppm)
    {
        var device = new SimulatedDevice(ppm, new SimulatedPath(2, baseMs: 1, queueMs: 0.5));

        Assert.InRange(WorstBetween(device, Minute, 10 * Minute), 0, 0.8);
        Assert.Equal(-ppm, device.Clock.DriftPpm, 5.0);
    }

    [Fact]
    public void A_steady_clock_that_leaps_is_found_again_with_the_next_burst()
    {
        var device = new SimulatedDevice(ppm: 20, new SimulatedPath(3, baseMs: 10, queueMs: 3));
        device.LiveUntil(2 * Minute);

        device.Step(90_000);

        // Bursts come every ten seconds by then.
        Assert.InRange(WorstBetween(device, (2 * Minute) + 11_000, 5 * Minute), 0, 5);
    }

    [Fact]
    public void A_hub_whose_clock_steps_is_believed_with_the_next_burst()
    {
        var device = new SimulatedDevice(ppm: -20, new SimulatedPath(4, baseMs: 10, queueMs: 3));
        device.LiveUntil(2 * Minute);

        device.HubStepMs = -5_000;

        Assert.InRange(WorstBetween(device, (2 * Minute) + 11_000, 5 * Minute), 0, 5);
    }

    [Theory]
    [InlineData(0.3, 0)]
    [InlineData(0, 0.3)]
    [InlineData(0.2, 0.2)]
    public void Probes_that_are_lost_or_late_by_a_second_do_not_move_the_clock(double lostShare, double lateShare)
    {
        var device = new SimulatedDevice(ppm: 40, new SimulatedPath(5, baseMs: 15, queueMs: 3, lostShare, lateShare));

        Assert.InRange(WorstBetween(device, Minute, 20 * Minute), 0, 6);
    }

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(20, 3)]
    [InlineData(15, 10)]
    public void What_is_promised_is_kept(double baseMs, double queueMs)
    {
        var looks = 0;
        var kept = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            var device = new SimulatedDevice(ppm: (seed - 10) * 20, new SimulatedPath(seed, baseMs, queueMs));
            for (var at = 100.0; at < 5 * Minute; at += 250)
            {
                device.LiveUntil(at);
                looks++;
                kept += Math.Abs(device.ErrorMs) <= device.Clock.Uncertainty.TotalMilliseconds ? 1 : 0;
            }
        }

        Assert.InRange(kept / (double)looks, 0.99, 1);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(16)]
    public void Sixteen_are_as_near_to_one_another_as_two(int members)
    {
        // Each has another clock and the same kind of way; the pairs looked at are neighbours, so that both rows compare alike.
        var devices = Enumerable.Range(0, members)
            .Select(number => new SimulatedDevice(((number % 5) - 2) * 100, new SimulatedPath(number, baseMs: 20, queueMs: 3)))
            .ToList();
        var apart = new List<double>();
        for (var at = Minute; at < 10 * Minute; at += 500)
        {
            devices.ForEach(device => device.LiveUntil(at));
            apart.AddRange(devices.Zip(devices.Skip(1), (one, other) => Math.Abs(one.ErrorMs - other.ErrorMs)));
        }

        apart.Sort();
        Assert.InRange(apart[apart.Count * 95 / 100], 0, 2.5);
    }

    [Fact]
    public void The_scatter_of_round_trips_is_what_the_hub_is_told()
    {
        Probe[] probes = [new(0, 5, 10), new(10, 17, 24), new(30, 39, 48)];

        var (roundTripMs, jitterMs) = ProbeBurst.PathOf(probes);

        Assert.Equal(14, roundTripMs, 0.001);
        Assert.Equal(3.266, jitterMs, 0.001);
    }

    private static double WorstBetween(SimulatedDevice device, double fromMs, double toMs)
    {
        var worst = 0.0;
        for (var at = fromMs; at < toMs; at += 100)
        {
            device.LiveUntil(at);
            worst = Math.Max(worst, Math.Abs(device.ErrorMs));
        }

        return worst;
    }
}
