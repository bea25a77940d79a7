namespace MusicSocial.DemoMusic.Performances;

/// <summary>The small unevenness of human hands, from a seed: the same score is always played the same way.</summary>
internal sealed class Touch(int seed)
{
    private const int VelocitySpread = 5;
    private const int TickSpread = 5;

    private readonly Random _random = new(seed);

    public int Velocity(double wanted) => Math.Clamp((int)Math.Round(wanted) + Next(VelocitySpread), 1, 127);

    /// <summary>Moves an accompaniment's stroke a few milliseconds; tunes are never moved, their words are timed.</summary>
    public long Tick(long wanted) => Math.Max(0, wanted + Next(TickSpread));

    private int Next(int spread) => _random.Next(-spread, spread + 1);
}
