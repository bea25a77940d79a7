using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Background;
using MusicSocial.Server.Catalog.Measuring;

namespace MusicSocial.Server.Catalog.Scanning;

/// <summary>Scans at start, after changes when files have stopped changing, and every <see cref="CatalogOptions.RescanEvery"/> in any case.</summary>
internal sealed partial class CatalogScanner(
    CatalogScan scan, LoudnessSurvey survey, FolderWatch watch, MusicFolders folders, TimeProvider time, IOptions<CatalogOptions> options,
    ILogger<CatalogScanner> logger)
    : SupervisedService(time, logger)
{
    /// <summary>A folder that never stops changing is scanned anyway, after so many settle times.</summary>
    private const int MaxSettles = 5;

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        foreach (var (_, folder) in folders.All.Where(folder => !Directory.Exists(folder.Value)))
            LogMissing(folder);
        while (!stoppingToken.IsCancellationRequested)
        {
            watch.WatchAll();
            var unsettled = await ScanAsync(stoppingToken);
            if (unsettled)
                await Task.Delay(options.Value.SettleTime, Time, stoppingToken);
            else if (await ChangedWithinAsync(options.Value.RescanEvery, stoppingToken))
                await SettleAsync(stoppingToken);
        }
    }

    /// <summary>Whether another scan is due soon.</summary>
    private async Task<bool> ScanAsync(CancellationToken cancellationToken)
    {
        var started = Time.GetTimestamp();
        try
        {
            var result = await scan.RunAsync(progress: null, cancellationToken);
            survey.Begin();
            if (result.ChangedAnything)
            {
                var elapsed = Time.GetElapsedTime(started);
                LogScanned(result, elapsed);
            }

            return result.Unsettled > 0;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // An unreadable folder or a busy database: music that is already listed stays, the next scan tries again.
            LogFailed(exception);
            return false;
        }
    }

    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < MaxSettles && await ChangedWithinAsync(options.Value.SettleTime, cancellationToken); i++)
        {
            // Every further change starts the wait anew.
        }
    }

    private async Task<bool> ChangedWithinAsync(TimeSpan span, CancellationToken cancellationToken)
    {
        using var waiting = new CancellationTokenSource(span, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, waiting.Token);
        try
        {
            await watch.NextChangeAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Scanned the music folders in {Elapsed}: {Result}")]
    private partial void LogScanned(ScanResult result, TimeSpan elapsed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The music folder {Folder} does not exist; it is scanned when it appears.")]
    private partial void LogMissing(string folder);

    [LoggerMessage(Level = LogLevel.Error, Message = "A scan of the music folders failed; the next one tries again.")]
    private partial void LogFailed(Exception exception);
}
