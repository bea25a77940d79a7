namespace MusicSocial.Realtime.Background;

/// <summary>Chores over thousands of things, done a few at a time: whoever speaks meanwhile does not wait for the end of the round.</summary>
internal static class Rounds
{
    // A tenth of a millisecond or two.
    private const int AtOnce = 32;

    /// <summary>Visits all, and lets what has been waiting for a thread go first every now and then.</summary>
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
