using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;

namespace MusicSocial.Server.Catalog.Probing;

/// <summary>
/// Starts tools so that they end with the hub, whatever ends it: the kernel kills them when the thread that started them is gone
/// (PR_SET_PDEATHSIG, by way of <c>setpriv</c>). That is the thread and not the process, so one thread that lives as long as the hub starts them all.
/// </summary>
/// <remarks>https://man7.org/linux/man-pages/man2/PR_SET_PDEATHSIG.2const.html</remarks>
internal static class ToolStarter
{
    private static readonly string? Setpriv = new[] { "/usr/bin/setpriv", "/bin/setpriv" }.FirstOrDefault(File.Exists);

    private static readonly BlockingCollection<(ProcessStartInfo Start, TaskCompletionSource<Process> Started)> Waiting = [];

    static ToolStarter() => new Thread(StartAll) { IsBackground = true, Name = "starts tools" }.Start();

    /// <summary>The running tool.</summary>
    /// <exception cref="Win32Exception">The tool is not installed.</exception>
    public static Task<Process> StartAsync(string tool, IEnumerable<string> arguments)
    {
        var isBound = Setpriv is not null && OperatingSystem.IsLinux() && IsInstalled(tool);
        string[] bound = isBound ? ["--pdeathsig", "KILL", "--", tool, .. arguments] : [.. arguments];
        var start = new ProcessStartInfo(isBound ? Setpriv! : tool, bound)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Waiting.Add((start, started));
        return started.Task;
    }

    // What is missing is to fail as it would by itself: setpriv starts in any case and would only say so in its log.
    private static bool IsInstalled(string tool) =>
        tool.Contains('/', StringComparison.Ordinal)
            ? File.Exists(tool)
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, tool)));

    private static void StartAll()
    {
        foreach (var (start, started) in Waiting.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Exception exception)
            {
                started.SetException(exception);
            }
        }
    }
}
