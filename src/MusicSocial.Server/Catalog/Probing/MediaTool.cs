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
        ["-protocol_whitelist", "file,pipe", "-format_whitelist", "mp3,flac,ogg,mov,matroska,wav,w64,aac,aiff,ape,wv,asf,dsf", "-i", $"file:{fullPath}"];

    /// <summary>The arguments that open a picture, and only that.</summary>
    public static string[] OpenPicture(string fullPath) =>
        ["-protocol_whitelist", "file,pipe", "-format_whitelist", "image2,jpeg_pipe,png_pipe,webp_pipe,gif,bmp_pipe", "-i", $"file:{fullPath}"];

    /// <summary>What the tool wrote; null when it failed, took too long or wrote too much.</summary>
    /// <exception cref="Win32Exception">The tool is not installed.</exception>
    public static async Task<byte[]?> RunAsync(
        string tool, IEnumerable<string> arguments, TimeSpan timeout, int maxOutputBytes, CancellationToken cancellationToken)
    {
        using var process = await ToolStarter.StartAsync(tool, arguments);
        process.BeginErrorReadLine();
        return await FinishAsync(process, process.StandardOutput, timeout, maxOutputBytes, cancellationToken);
    }

    /// <summary>How many bytes the tool wrote; null when it failed or took too long.</summary>
    /// <exception cref="Win32Exception">The tool is not installed.</exception>
    public static async Task<long?> CountAsync(string tool, IEnumerable<string> arguments, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var process = await ToolStarter.StartAsync(tool, arguments);
        process.BeginErrorReadLine();
        long counted = 0;
        var ended = await FinishAsync(process, process.StandardOutput, timeout, read => counted += read.Length, cancellationToken);
        return ended ? counted : null;
    }

    /// <summary>The tool's log and how many bytes it wrote, of work done at idle priority; null when it failed, took too long or logged too much.</summary>
    /// <exception cref="Win32Exception">The tool is not installed.</exception>
    public static async Task<(byte[] Log, long Bytes)?> DecodeInBackgroundAsync(
        string tool, IEnumerable<string> arguments, TimeSpan timeout, int maxLogBytes, CancellationToken cancellationToken)
    {
        using var process = await ToolStarter.StartAsync(tool, arguments);
        LowerPriority(process);
        var counting = DrainAsync(process.StandardOutput.BaseStream);
        var log = await FinishAsync(process, process.StandardError, timeout, maxLogBytes, cancellationToken);
        var bytes = await counting;
        return log is null ? null : (log, bytes);
    }

    // Ends with the process, which is ended when it takes too long.
    private static async Task<long> DrainAsync(Stream output)
    {
        var buffer = new byte[64 * 1024];
        long bytes = 0;
        while (await output.ReadAsync(buffer, CancellationToken.None) is > 0 and var read)
            bytes += read;
        return bytes;
    }

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
        using var kept = new MemoryStream();
        var isTooMuch = false;
        var ended = await FinishAsync(
            process, output, timeout,
            read =>
            {
                isTooMuch |= kept.Length + read.Length > maxBytes;
                if (!isTooMuch)
                    kept.Write(read.Span);
            },
            cancellationToken, () => isTooMuch);
        return ended && !isTooMuch ? kept.ToArray() : null;
    }

    private static async Task<bool> FinishAsync(
        Process process, StreamReader output, TimeSpan timeout, Action<ReadOnlyMemory<byte>> take, CancellationToken cancellationToken, Func<bool>? isEnough = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            process.StandardInput.Close();
            var buffer = new byte[16 * 1024];
            while (await output.BaseStream.ReadAsync(buffer, limit.Token) is > 0 and var read)
            {
                take(buffer.AsMemory(0, read));
                if (isEnough?.Invoke() == true)
                    return false;
            }

            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
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
