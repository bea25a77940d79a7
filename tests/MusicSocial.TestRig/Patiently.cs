using System.Diagnostics;

namespace MusicSocial.TestRig;

/// <summary>Waits for what other processes are about to do; the bound only ends a test that has failed.</summary>
internal static class Patiently
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Tries again until the action does not throw any more.</summary>
    public static async Task UntilAsync(Func<Task> action, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await action();
                return;
            }
            catch (Exception exception) when (Stopwatch.GetElapsedTime(started) > Limit)
            {
                throw new TimeoutException($"Never came true: {what}.", exception);
            }
            catch (Exception)
            {
                await Task.Delay(20);
            }
        }
    }

    /// <summary>Waits for a task that should end soon; names <paramref name="what"/> was awaited when it does not.</summary>
    public static Task WithinAsync(Task task, string what) => WithinAsync(task, Limit, what);

    /// <inheritdoc cref="WithinAsync(Task, string)"/>
    public static async Task WithinAsync(Task task, TimeSpan limit, string what)
    {
        try
        {
            await task.WaitAsync(limit);
        }
        catch (TimeoutException exception) when (!task.IsCompleted)
        {
            throw new TimeoutException($"Not within {limit}: {what}.", exception);
        }
    }

    /// <summary>Waits until the condition holds.</summary>
    public static Task UntilAsync(Func<bool> condition, string what) =>
        UntilAsync(() => condition() ? Task.CompletedTask : throw new InvalidOperationException("Not yet."), what);
}
