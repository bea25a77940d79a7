namespace MusicSocial.Realtime.Transport;

/// <summary>A leaky bucket for amounts: so much a second, so much at once after a pause. Its whole state is one instant.</summary>
internal struct FlowMeter
{
    private long _fullAt;

    /// <summary>Takes <paramref name="amount"/> at the timestamp <paramref name="now"/>; false when it flows too fast.</summary>
    public bool Take(long amount, double perSecond, double burst, long now, long timestampsPerSecond)
    {
        var at = Math.Max(_fullAt, now) + (long)(amount * timestampsPerSecond / perSecond);
        if (at - now > burst * timestampsPerSecond / perSecond)
            return false;
        _fullAt = at;
        return true;
    }
}
