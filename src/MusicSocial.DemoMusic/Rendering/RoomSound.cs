using MusicSocial.DemoMusic.Scores;

namespace MusicSocial.DemoMusic.Rendering;

/// <summary>The echo of a room as an impulse response: seeded noise that dies away, high notes sooner than low ones, different in each ear.</summary>
internal static class RoomSound
{
    private const int Rate = 48_000;
    private const double PreDelaySeconds = 0.018;
    private const double BrightestAt = 0.62;
    private const double DarkestAt = 0.08;

    public static Wave Impulse(Room room, int seed)
    {
        var random = new Random(seed);
        var length = (int)(Rate * room.Seconds);
        var preDelay = (int)(Rate * PreDelaySeconds);
        var samples = new float[(preDelay + length) * 2];
        for (var ear = 0; ear < 2; ear++)
        {
            double smoothed = 0, energy = 0;
            for (var i = 0; i < length; i++)
            {
                var age = i / (double)length;
                var opening = BrightestAt + (DarkestAt - BrightestAt) * age;
                smoothed += opening * (random.NextDouble() * 2 - 1 - smoothed);
                var value = smoothed * Math.Pow(10, -3 * age) * Math.Min(1, i / (0.01 * Rate));
                samples[(preDelay + i) * 2 + ear] = (float)value;
                energy += value * value;
            }
            for (var i = 0; i < length; i++)
                samples[(preDelay + i) * 2 + ear] /= (float)Math.Sqrt(energy);
        }
        return new Wave(Rate, 2, samples);
    }
}
