namespace MusicSocial.Client.Connection;

/// <summary>Waits that double up to a bound, each spread over its second half so that a crowd does not return at once.</summary>
internal sealed class BackOff(TimeSpan first, TimeSpan longest, Random random)
{
    private int _waits;

    public TimeSpan Next()
    {
        var ceiling = first * Math.Pow(2, _waits);
        if (ceiling >= longest)
            ceiling = longest;
        else
            _waits++;
        return (ceiling / 2) + (ceiling / 2 * random.NextDouble());
    }

    public void Reset() => _waits = 0;
}
