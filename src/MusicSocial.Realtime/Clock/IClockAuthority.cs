namespace MusicSocial.Realtime.Clock;

/// <summary>The authority's clock, and the correction the nodes share there.</summary>
internal interface IClockAuthority
{
    /// <summary>Reads both at one instant.</summary>
    Task<ClockReading> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the correction if it still is what was read; false when it is not.</summary>
    Task<bool> TryReplaceAsync(long? read, long correctionUs, CancellationToken cancellationToken);
}
