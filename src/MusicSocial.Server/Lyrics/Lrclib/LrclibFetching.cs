using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Catalog;

namespace MusicSocial.Server.Lyrics.Lrclib;

/// <summary>
/// Asks the lyrics server for songs that people looked at and that have no lyrics: one question at a time, never twice about the
/// same song while the answer is fresh, and not at all for a while after it said it is too busy.
/// </summary>
internal sealed partial class LrclibFetching(
    LrclibAnswers answers, LrclibAnswerStore store, LrclibClient client, Tracks tracks, LyricNews news, IHubClock clock, TimeProvider time,
    IOptions<LyricsOptions> options, ILogger<LrclibFetching> logger) : BackgroundService
{
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromHours(1);

    private int _failures;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Lrclib is null)
            return;
        await foreach (var track in answers.Wishes.ReadAllAsync(stoppingToken))
        {
            try
            {
                if (await IsToBeAskedAsync(track, stoppingToken))
                    await AskAsync(track, stoppingToken);
            }
            catch (LrclibBusyException busy)
            {
                await BackOffAsync(busy, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogNotKept(exception, track.Id);
            }
        }
    }

    private async Task<bool> IsToBeAskedAsync(Track track, CancellationToken cancellationToken) =>
        await store.FindAsync(track.Id, cancellationToken) is not { } known ||
        (known.Text is null && clock.Now.Ms - known.FetchedAtMs > options.Value.LrclibAskAgain.TotalMilliseconds);

    private async Task AskAsync(Track track, CancellationToken cancellationToken)
    {
        var found = await client.GetAsync(track, cancellationToken);
        _failures = 0;
        var answer = new LrclibAnswer { PlainLyrics = found?.PlainLyrics, SyncedLyrics = found?.SyncedLyrics, FetchedAtMs = (long)clock.Now.Ms };
        await store.PutAsync(track.Id, answer, cancellationToken);
        if (answer.Text is not null)
        {
            await tracks.MarkLyricsUploadedAsync(track.Id, cancellationToken);
            await news.TellAsync(track.Id, revision: 0, by: null, cancellationToken);
        }

        await Task.Delay(options.Value.LrclibPause, time, cancellationToken);
    }

    private async Task BackOffAsync(LrclibBusyException busy, CancellationToken cancellationToken)
    {
        var doubled = options.Value.LrclibBackOff * Math.Pow(2, Math.Min(_failures++, 16));
        var wait = busy.RetryAfter > doubled ? busy.RetryAfter.Value : doubled;
        wait = wait < LongestBackOff ? wait : LongestBackOff;
        LogBusy(busy.Message, wait);
        await Task.Delay(wait, time, cancellationToken);
        // Whoever still looks at those songs wishes again.
        while (answers.Wishes.TryRead(out _))
        {
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lyrics server is left alone for {Wait}. {Reason}")]
    private partial void LogBusy(string reason, TimeSpan wait);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What the lyrics server said about {TrackId} could not be kept.")]
    private partial void LogNotKept(Exception exception, string trackId);
}
