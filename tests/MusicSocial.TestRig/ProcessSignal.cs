using System.Diagnostics;
using System.Globalization;

namespace MusicSocial.TestRig;

/// <summary>Sends signals to processes, by id.</summary>
internal static class ProcessSignal
{
    public static void Send(int processId, string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", processId.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>The same start with more arguments.</summary>
    public static ProcessStartInfo With(this ProcessStartInfo start, params IEnumerable<string> arguments)
    {
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }
}
