namespace MusicSocial.Client.Tests.Clock;

/// <summary>How long questions and answers take, milliseconds: a fixed part, exponential queueing, and now and then a delay of seconds or a loss.</summary>
internal sealed class SimulatedPath(int seed, double baseMs, double queueMs, double lostShare = 0, double lateShare = 0)
{
    private const double LateMs = 1_500;

    private readonly Random _random = new(seed);

    public (double UpMs, double DownMs) Next()
    {
        if (_random.NextDouble() < lostShare)
            return (double.PositiveInfinity, 0);
        var late = _random.NextDouble() < lateShare ? LateMs * _random.NextDouble() : 0;
        return (baseMs + Queue() + late, baseMs + Queue());
    }

    private double Queue() => -queueMs * Math.Log(1 - _random.NextDouble());
}
