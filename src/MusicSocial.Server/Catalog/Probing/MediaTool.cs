using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;

namespace MusicSocial.Server.Catalog.Probing;

/// <summary>Runs ffprobe and ffmpeg: arguments as a list (no shell), a time limit, a limit on their output.</summary>
internal static class MediaTool
{
    /// <summary>
    /// The arguments that open a music file, and only that: a playlist or script disguised as a song must not make the tool open
    /// other files or addresses.
    /// </summary>
    public static string[] Open(string fullPath) =>
        ["-protocol_whitelist", "file,pipe", "-format_whitelist", "mp3,flac,ogg,mov,matroska,wav,aac", "-i", $"file:{fullPath}"];

    /// <summary>What the tool wrote; null when it failed, took too long or wrote too much.</summary>
    /// <exception cref="Win32Exception">The tool is not installed.</exception>
    public static async Task<byte[]?> RunAsync(
        string tool, IEnumerable<string> arguments, TimeSpan timeout, int maxOutputBytes, CancellationToken cancellationToken)
    {
        using var process = Start(tool, arguments);
        process.BeginErrorReadLine();
        return await FinishAsync(process, process.StandardOutput, timeout, maxOutputBytes, cancellationToken);
    }

    /// <summary>The tool's log, of work done at idle priority; null when it failed, took too long or wrote too much.</summary>
    /// <exception cref="Win32Exception">The tool is not installed.</exception>
    public static async Task<byte[]?> RunInBackgroundAsync(
        string tool, IEnumerable<string> arguments, TimeSpan timeout, int maxLogBytes, CancellationToken cancellationToken)
    {
        using var process = Start(tool, arguments);
        LowerPriority(process);
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

    private static void LowerPriority(Process process)
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
        Process process, StreamReader output, TimeSpan timeout, int maxBytes, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            process.StandardInput.Close();
            var bytes = await ReadAsync(output.BaseStream, maxBytes, limit.Token);
            if (bytes is null)
                return null;
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? bytes : null;
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

/// <summary>
/// What a tool failed at lately and need not be tried again at once. A failure is forgotten after a while: the machine may have been too busy for
/// the time limit, the disk full, or the tool not installed yet.
/// </summary>
internal sealed class ToolFailures(TimeProvider time)
{
    public static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    /// <summary>Failures remembered; beyond, those that are over are dropped.</summary>
    private const int SweptBeyond = 10_000;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _until = new();

    public void Add(string key)
    {
        var now = time.GetUtcNow();
        _until[key] = now + Remembered;
        if (_until.Count <= SweptBeyond)
            return;
        foreach (var over in _until.Where(failure => failure.Value <= now))
            _until.TryRemove(over);
    }

    public bool Contains(string key) => _until.TryGetValue(key, out var until) && time.GetUtcNow() < until;
}
