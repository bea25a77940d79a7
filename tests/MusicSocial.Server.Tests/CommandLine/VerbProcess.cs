using System.Diagnostics;

namespace MusicSocial.Server.Tests.CommandLine;

/// <summary>The program as an operator runs it, with what it printed and its exit code.</summary>
internal sealed record VerbProcess(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    public static async Task<VerbProcess> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "MusicSocial.Server.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        using var timeout = new CancellationTokenSource(Timeout);
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(timeout.Token), process.StandardError.ReadToEndAsync(timeout.Token));
            await process.WaitForExitAsync(timeout.Token);
            return new(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    /// <summary>The one line that says why it did not work: nothing else on standard error, no stack anywhere.</summary>
    public string AssertRefused()
    {
        Assert.Equal(1, ExitCode);
        Assert.DoesNotContain("   at ", Output + Error, StringComparison.Ordinal);
        return Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
