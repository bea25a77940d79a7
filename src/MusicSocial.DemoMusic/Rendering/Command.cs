using System.Diagnostics;

namespace MusicSocial.DemoMusic.Rendering;

/// <summary>Runs a program with a list of arguments, never through a shell.</summary>
internal static class Command
{
    /// <summary>What the program wrote to its standard output and error.</summary>
    /// <exception cref="InvalidOperationException">The program ended with another code than 0.</exception>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var text = await output + await errors;
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? text
            : throw new InvalidOperationException($"{program} {string.Join(' ', start.ArgumentList)}\nended with {process.ExitCode}:\n{text}");
    }
}
