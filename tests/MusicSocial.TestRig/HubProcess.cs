using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MusicSocial.TestRig;

/// <summary>
/// The hub as a process of its own, to be killed, paused, stopped and started again. Needs MusicSocial.Server beside the test (a project
/// reference). What it writes to its console is kept in <c>hub.log</c> in its folder.
/// </summary>
internal sealed partial class HubProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly string[] _arguments;
    private readonly bool _ownsFolder;
    private Process _process = null!;
    private Task _logging = Task.CompletedTask;

    private HubProcess(string? folder, string[] arguments)
    {
        _arguments = arguments;
        _ownsFolder = folder is null;
        Folder = folder ?? Directory.CreateTempSubdirectory("musicsocial-hub-").FullName;
    }

    /// <summary>Where it listens; the same after <see cref="StartAgainAsync"/>.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>Its data folder.</summary>
    public string Folder { get; }

    public bool IsRunning => !_process.HasExited;

    /// <summary>Resident memory in MiB.</summary>
    public double ResidentMiB =>
        File.ReadLines($"/proc/{_process.Id}/status")
            .Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Select(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024)
            .Single();

    /// <summary>Processor time used since it was started (again).</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a hub on a free port. Without a folder it gets one that goes away with it.</summary>
    public static async Task<HubProcess> StartAsync(string? folder = null, params string[] arguments)
    {
        var hub = new HubProcess(folder, arguments);
        await hub.StartAgainAsync();
        return hub;
    }

    /// <summary>Starts it again, on the same folder and port.</summary>
    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true };
        _process = Process.Start(start.With(
        [
            Path.Combine(AppContext.BaseDirectory, "MusicSocial.Server.dll"), "--urls", Address.ToString(), "--data", Folder,
            // Measuring a hub would measure ffmpeg with it.
            "--Catalog:MeasureLoudness", "false", .. _arguments,
        ]))!;
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _logging = KeepLogAsync(_process.StandardOutput, listening);
        await Patiently.WithinAsync(Task.WhenAny(listening.Task, _logging), StartLimit, "the hub listens");
        if (!listening.Task.IsCompleted)
            throw new InvalidOperationException($"The hub ended before it listened: {await File.ReadAllTextAsync(LogFile)}");
    }

    /// <summary>kill -9: no goodbye, no flush.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await EndedAsync();
    }

    /// <summary>SIGTERM: it drains and ends by itself. Returns how long it took.</summary>
    public async Task<TimeSpan> StopAsync()
    {
        var asked = Stopwatch.GetTimestamp();
        ProcessSignal.Send(_process.Id, "TERM");
        await EndedAsync();
        return Stopwatch.GetElapsedTime(asked);
    }

    /// <summary>The process stands still, its sockets stay open.</summary>
    public void Pause() => ProcessSignal.Send(_process.Id, "STOP");

    public void Resume() => ProcessSignal.Send(_process.Id, "CONT");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
        if (_ownsFolder)
            Directory.Delete(Folder, recursive: true);
    }

    private string LogFile => Path.Combine(Folder, "hub.log");

    private async Task EndedAsync()
    {
        await Patiently.WithinAsync(_process.WaitForExitAsync(), $"hub {_process.Id} ends; its log is {LogFile}");
        await Patiently.WithinAsync(_logging, $"the console of hub {_process.Id} is closed");
    }

    // Also says when, and where, the hub listens.
    private async Task KeepLogAsync(StreamReader console, TaskCompletionSource listening)
    {
        await using var log = new StreamWriter(LogFile, append: true);
        while (await console.ReadLineAsync() is { } line)
        {
            await log.WriteLineAsync(line);
            if (listening.Task.IsCompleted || ListeningOn().Match(line) is not { Success: true } match)
                continue;
            Address = new Uri(match.Groups[1].Value);
            listening.SetResult();
        }
    }

    [GeneratedRegex(@"Now listening on: (\S+)")]
    private static partial Regex ListeningOn();
}
