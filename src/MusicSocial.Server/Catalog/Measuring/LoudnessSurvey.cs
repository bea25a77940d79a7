using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace MusicSocial.Server.Catalog.Measuring;

/// <summary>Has every track measured once, one after the other; where ffmpeg is missing none is.</summary>
internal sealed partial class LoudnessSurvey(
    LoudnessStore store, LoudnessMeter meter, MusicFolders folders, Tracks tracks, IOptions<CatalogOptions> options, ILogger<LoudnessSurvey> logger)
    : BackgroundService
{
    // One pending signal is enough: a survey looks at everything.
    private readonly Channel<bool> _due = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Looks for tracks that were not measured, soon.</summary>
    public void Begin() => _due.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (options.Value.MeasureLoudness && !meter.IsMissing)
        {
            await _due.Reader.ReadAsync(stoppingToken);
            try
            {
                await MeasureAllAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(exception);
            }
        }

        if (meter.IsMissing)
            LogWithoutFfmpeg(options.Value.Ffmpeg);
    }

    private async Task MeasureAllAsync(CancellationToken cancellationToken)
    {
        var page = await store.UnmeasuredAsync(afterId: "", cancellationToken);
        while (page.Length > 0 && !meter.IsMissing)
        {
            var last = page[^1].Id;
            // Nodes that share the music go different ways through a page, so that two seldom measure one song.
            Random.Shared.Shuffle(page);
            foreach (var track in page)
                await MeasureAsync(track, cancellationToken);
            page = await store.UnmeasuredAsync(last, cancellationToken);
        }
    }

    private async Task MeasureAsync(UnmeasuredTrack track, CancellationToken cancellationToken)
    {
        if (folders.FullPathOf(track.Path) is not { } audio || !File.Exists(audio) || !await store.IsUnmeasuredAsync(track, cancellationToken))
            return;
        var measured = await meter.MeasureAsync(audio, cancellationToken);
        // A file that went away while it was read says nothing about the song.
        if (meter.IsMissing || !File.Exists(audio))
            return;
        await store.SaveAsync(track, measured, cancellationToken);
        if (measured is not null)
            await tracks.ChangedAsync([track.Id]);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "There is no {Tool}: songs sound as loud as they are.")]
    private partial void LogWithoutFfmpeg(string tool);

    [LoggerMessage(Level = LogLevel.Error, Message = "Measuring how loud the songs are broke off; it goes on after the next scan.")]
    private partial void LogFailed(Exception exception);
}
