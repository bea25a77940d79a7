using System.ComponentModel;
using System.Diagnostics;

namespace MusicSocial.Server.Catalog.Probing;

/// <summary>Runs ffprobe and ffmpeg: arguments as a list (no shell), a time limit, a limit on what they may say.</summary>
internal static class MediaTool
{
    /// <summary>
    /// The arguments that open a music file, and only that: a playlist or script dressed as a song must not make the tool open
    /// other files or addresses.
    /// </summary>
    public static string[] Open(string fullPath) =>
        ["-protocol_whitelist", "file,pipe", "-format_whitelist", "mp3,flac,ogg,mov,matroska,wav,aac", "-i", $"file:{fullPath}"];

    /// <summary>What the tool wrote; null when it failed, took too long or said too much.</summary>
    /// <exception cref="Win32Exception">The tool is not installed.</exception>
    public static async Task<byte[]?> RunAsync(
        string tool, IEnumerable<string> arguments, TimeSpan timeout, int maxOutputBytes, CancellationToken cancellationToken)
    {
        using var process = Start(tool, arguments);
        process.BeginErrorReadLine();
        return await FinishAsync(process, process.StandardOutput, timeout, maxOutputBytes, cancellationToken);
    }

    /// <summary>The tool's log, of work done when nothing else wants the processor; null when it failed, took too long or said too much.</summary>
    /// <exception cref="Win32Exception">The tool is not installed.</exception>
    public static async Task<byte[]?> RunAsideAsync(
        string tool, IEnumerable<string> arguments, TimeSpan timeout, int maxLogBytes, CancellationToken cancellationToken)
    {
        using var process = Start(tool, arguments);
        StandAside(process);
        process.BeginOutputReadLine();
        return await FinishAsync(process, process.StandardError, timeout, maxLogBytes, cancellationToken);
    }

    private static Process Start(string tool, IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo(tool, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;

    private static void StandAside(Process process)
    {
        try
        {
            process.PriorityClass = ProcessPriorityClass.Idle;
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It has ended already.
        }
    }

    private static async Task<byte[]?> FinishAsync(
        Process process, StreamReader told, TimeSpan timeout, int maxBytes, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            process.StandardInput.Close();
            var output = await ReadAsync(told.BaseStream, maxBytes, limit.Token);
            if (output is null)
                return null;
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? output : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static async Task<byte[]?> ReadAsync(Stream stream, int maxBytes, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (output.Length + read > maxBytes)
                return null;
            await output.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return output.ToArray();
    }
}
