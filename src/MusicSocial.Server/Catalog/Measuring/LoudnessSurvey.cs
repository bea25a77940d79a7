using System.Threading.Channels;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Background;

namespace MusicSocial.Server.Catalog.Measuring;

/// <summary>Measures the loudness of every track once, one after the other; without ffmpeg of none.</summary>
internal sealed partial class LoudnessSurvey(
    LoudnessStore store, LoudnessMeter meter, TrackLengths lengths, MusicFolders folders, Tracks tracks, IOptions<CatalogOptions> options, TimeProvider time,
    ILogger<LoudnessSurvey> logger) : SupervisedService(time, logger)
{
    // One pending signal is enough: a survey looks at everything.
    private readonly Channel<bool> _due = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Looks for tracks that were not measured yet.</summary>
    public void Begin() => _due.Writer.TryWrite(true);

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        while (options.Value.MeasureLoudness && !meter.IsMissing)
        {
            await _due.Reader.ReadAsync(stoppingToken);
            try
            {
                await MeasureAllAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(exception);
            }
        }

        if (meter.IsMissing)
            LogWithoutFfmpeg(options.Value.Ffmpeg);
        // Nothing more to do in this process.
        await Task.Delay(Timeout.Infinite, stoppingToken);
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
        var decoded = await meter.DecodeAsync(audio, cancellationToken);
        // A file that went away while it was read says nothing about the song.
        if (meter.IsMissing || !File.Exists(audio))
            return;
        if (decoded is not null)
            await lengths.TakeAsync(track.Id, track.Fingerprint, decoded.Length, cancellationToken);
        await store.SaveAsync(track, decoded?.Loudness, cancellationToken);
        if (decoded?.Loudness is not null)
            await tracks.ChangedAsync([track.Id]);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Tool} is not installed: the loudness of songs is not measured, and they play as loud as they were recorded. Install ffmpeg and restart the hub.")]
    private partial void LogWithoutFfmpeg(string tool);

    [LoggerMessage(Level = LogLevel.Error, Message = "Measuring the loudness of songs failed; it continues after the next scan.")]
    private partial void LogFailed(Exception exception);
}
