namespace MusicSocial.Server.Hosting;

/// <summary>How much of something one caller may do.</summary>
public sealed class RateLimit
{
    /// <summary>Sustained calls a second.</summary>
    public double PerSecond { get; set; } = 10;

    /// <summary>Calls that may come at once after a pause.</summary>
    public int Burst { get; set; } = 10;
}
