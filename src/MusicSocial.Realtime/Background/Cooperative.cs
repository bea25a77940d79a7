namespace MusicSocial.Realtime.Background;

/// <summary>Visits thousands of objects a few at a time, so that work of clients does not wait for the last of them.</summary>
internal static class Cooperative
{
    // Takes a tenth of a millisecond or two.
    private const int AtOnce = 32;

    /// <summary>Visits all, and yields the thread to queued work after every 32.</summary>
    public static async ValueTask VisitAsync<T>(this IEnumerable<T> all, Action<T> visit)
    {
        var visited = 0;
        foreach (var one in all)
        {
            visit(one);
            if (++visited % AtOnce == 0)
                await Task.Yield();
        }
    }
}
