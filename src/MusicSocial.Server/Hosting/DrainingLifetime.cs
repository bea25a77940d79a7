using System.Runtime.InteropServices;
using MusicSocial.Realtime.Hubs;

namespace MusicSocial.Server.Hosting;

/// <summary>
/// Stops the process gently: on the first SIGTERM or Ctrl+C clients are led to other nodes before the host begins to stop, which would cut
/// all of them off at once. A second signal skips that.
/// </summary>
internal sealed partial class DrainingLifetime(HubDrain drain, IHostApplicationLifetime application, ILogger<DrainingLifetime> logger)
    : IHostLifetime, IDisposable
{
    private readonly CancellationTokenSource _impatience = new();
    private readonly List<PosixSignalRegistration> _signals = [];
    private int _signalled;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT })
            _signals.Add(PosixSignalRegistration.Create(signal, OnSignal));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
        _impatience.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        // Handled here; the process ends when the host has stopped.
        context.Cancel = true;
        if (Interlocked.Increment(ref _signalled) == 1)
            _ = DrainThenStopAsync();
        else
            _impatience.Cancel();
    }

    private async Task DrainThenStopAsync()
    {
        try
        {
            LogDraining();
            await drain.DrainAsync(_impatience.Token);
        }
        catch (OperationCanceledException)
        {
            // A second signal: clients that are still connected are cut off.
        }
        catch (Exception exception)
        {
            LogNotDrained(exception);
        }

        application.StopApplication();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Draining: clients are asked to come back elsewhere.")]
    private partial void LogDraining();

    [LoggerMessage(Level = LogLevel.Error, Message = "Draining failed; stopping all the same.")]
    private partial void LogNotDrained(Exception exception);
}
