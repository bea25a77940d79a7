using System.Diagnostics;
using Spectre.Console;

namespace MusicSocial.Server.CommandLine;

/// <summary>
/// Shows how far long work is: a bar on a terminal, a plain line every few seconds elsewhere. Work reports the step it is at, e.g. a table's name, the
/// units done, and the units in all where they are known.
/// </summary>
internal static class WorkProgress
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    /// <summary>Does the work and returns its result.</summary>
    public static async Task<T> ShowAsync<T>(Func<IProgress<(string Step, long Done, long? Total)>, Task<T>> work)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive || Console.IsOutputRedirected)
            return await work(new PlainLines());
        return await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(bars => work(new Bars(bars)));
    }

    private sealed class Bars(ProgressContext context) : IProgress<(string Step, long Done, long? Total)>
    {
        private readonly Dictionary<string, ProgressTask> _bars = [];
        private readonly Lock _lock = new();

        public void Report((string Step, long Done, long? Total) value)
        {
            lock (_lock)
            {
                if (!_bars.TryGetValue(value.Step, out var bar))
                    _bars[value.Step] = bar = context.AddTask(Markup.Escape(value.Step));
                bar.IsIndeterminate = value.Total is null;
                bar.MaxValue = Math.Max(1, value.Total ?? 1);
                bar.Value = value.Total is 0 ? 1 : value.Done;
            }
        }
    }

    private sealed class PlainLines : IProgress<(string Step, long Done, long? Total)>
    {
        private readonly Lock _lock = new();
        private long _shownAt;

        public void Report((string Step, long Done, long? Total) value)
        {
            lock (_lock)
            {
                if (_shownAt != 0 && Stopwatch.GetElapsedTime(_shownAt) < BetweenLines)
                    return;
                _shownAt = Stopwatch.GetTimestamp();
            }

            Console.WriteLine(value.Total is { } total
                ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value.Step}: {value.Done:N0} of {total:N0}")
                : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value.Step}: {value.Done:N0}"));
        }
    }
}
