namespace MusicSocial.Realtime;

/// <summary>Threads for programs that host the hub.</summary>
public static class HubThreads
{
    private const int Fewest = 8;

    /// <summary>
    /// Keeps at least eight threads at hand. The pool begins with one per core and takes half a second to add another: on a single core one caller
    /// that waits for a lock or a disk would hold up all others for as long (docs/adr/0016-runtime-of-a-hub.md).
    /// </summary>
    public static void Reserve()
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, Fewest), completions);
    }
}
