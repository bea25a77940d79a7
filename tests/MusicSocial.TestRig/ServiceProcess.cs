using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace MusicSocial.TestRig;

/// <summary>A server of a cluster as a real process, started by the repository's own starter in a folder and on a port of its own.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly string _service;
    private readonly string[] _settings;
    private Process? _starter;

    private ServiceProcess(string service, string[] settings)
    {
        (_service, _settings) = (service, settings);
        Port = FreePort();
        // Not the usual private temporary folder: PostgreSQL runs as another user and must get in.
        Folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"musicsocial-{service}-{Port}-{Environment.ProcessId}")).FullName;
    }

    public string Folder { get; }

    public int Port { get; }

    private int Id => int.Parse(File.ReadAllText(Path.Combine(Folder, "pid")), CultureInfo.InvariantCulture);

    /// <summary>Starts a service; <paramref name="isReady"/> is asked until it no longer throws.</summary>
    public static async Task<ServiceProcess> StartAsync(string service, string[] settings, Func<int, Task> isReady)
    {
        var process = new ServiceProcess(service, settings);
        await process.StartAgainAsync(isReady);
        return process;
    }

    /// <summary>Starts it again on the same folder and port after <see cref="KillAsync"/>.</summary>
    public async Task StartAgainAsync(Func<int, Task> isReady)
    {
        File.Delete(Path.Combine(Folder, "pid"));
        _starter = Process.Start(new ProcessStartInfo("bash")
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
            ArgumentList = { Starter(), _service, Folder, Port.ToString(CultureInfo.InvariantCulture) },
        }.With(_settings))!;
        await Patiently.UntilAsync(
            async () =>
            {
                if (_starter.HasExited)
                    throw new InvalidOperationException($"{_service} did not start; its log is in {Folder}.");
                await isReady(Port);
            },
            $"{_service} answers");
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        Signal("KILL");
        await StopStarterAsync();
    }

    /// <summary>The process and those it started stand still, their sockets stay open.</summary>
    public void Pause() => SignalAll("STOP");

    public void Resume() => SignalAll("CONT");

    /// <summary>For servers that tests share: stopped when the test process ends.</summary>
    public void EndWithThisProcess() =>
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            _starter!.StandardInput.Close();
            if (_starter.WaitForExit(TimeSpan.FromSeconds(20)))
                Directory.Delete(Folder, recursive: true);
        };

    public async ValueTask DisposeAsync()
    {
        if (_starter is { HasExited: false })
            await StopStarterAsync();

        _starter?.Dispose();
        // PostgreSQL's children may still be writing their last words.
        await Patiently.UntilAsync(
            () =>
            {
                Directory.Delete(Folder, recursive: true);
                return Task.CompletedTask;
            },
            "the folder can be deleted");
    }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private Task StopStarterAsync()
    {
        _starter!.StandardInput.Close();
        return Patiently.WithinAsync(_starter.WaitForExitAsync(), $"{_service} in {Folder} ends");
    }

    // PostgreSQL answers each connection from a process of its own.
    private void SignalAll(string name)
    {
        Signal(name);
        foreach (var child in File.ReadAllText($"/proc/{Id}/task/{Id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            ProcessSignal.Send(int.Parse(child, CultureInfo.InvariantCulture), name);
    }

    private void Signal(string name) => ProcessSignal.Send(Id, name);

    private static string Starter([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".ci", "services.sh"));
}
