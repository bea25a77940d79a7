using System.Diagnostics;
using System.Globalization;

namespace MusicSocial.Load.Fanout;

/// <summary>Who runs where: servers on the first core, the crowd on the second, as neither may take time from the other.</summary>
internal static class Cores
{
    public const string OfServers = "0";
    public const string OfTheCrowd = "1";

    /// <summary>Puts every thread of this process, and those it starts, on the crowd's core.</summary>
    public static void PinThisProcess()
    {
        var start = new ProcessStartInfo("taskset")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            ArgumentList = { "-a", "-c", "-p", OfTheCrowd, Environment.ProcessId.ToString(CultureInfo.InvariantCulture) },
        };
        using var taskset = Process.Start(start)!;
        taskset.StandardOutput.ReadToEnd();
        taskset.WaitForExit();
        if (taskset.ExitCode != 0)
            throw new InvalidOperationException("Two cores and taskset are needed: apt-get install -y util-linux");
    }
}
