namespace MusicSocial.Realtime.Tests.Rig;

/// <summary>Waits for what other threads are about to do; the bound only ends a test that has failed.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task Holds(Func<bool> condition, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            Assert.False(patience.IsCancellationRequested, $"Never came true: {what}");
            await Task.Delay(2);
        }
    }

    public static Task<T> Finishes<T>(Task<T> task) => task.WaitAsync(Patience);

    public static Task Finishes(Task task) => task.WaitAsync(Patience);
}
