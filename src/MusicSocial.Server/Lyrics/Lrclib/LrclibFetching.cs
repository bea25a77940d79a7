using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using MusicSocial.Lyrics;
using MusicSocial.Realtime.Background;
using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Lyrics.Editing;

namespace MusicSocial.Server.Lyrics.Lrclib;

/// <summary>
/// Asks the lyrics server for songs that clients looked at and that have no lyrics: one question at a time, never twice about the
/// same song while the answer is fresh, and not at all for a while after it said it is too busy.
/// </summary>
internal sealed partial class LrclibFetching(
    LrclibAnswers answers, LrclibAnswerStore store, LrclibClient client, LyricNews news, IHubClock clock, TimeProvider time,
    IOptions<LyricsOptions> options, ILogger<LrclibFetching> logger) : SupervisedService(time, logger)
{
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromHours(1);

    private int _failures;

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        await foreach (var track in answers.Requests.ReadAllAsync(stoppingToken))
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
            await news.TellAsync(track.Id, revision: 0, by: null);

        await Task.Delay(options.Value.LrclibPause, Time, cancellationToken);
    }

    private async Task BackOffAsync(LrclibBusyException busy, CancellationToken cancellationToken)
    {
        var doubled = options.Value.LrclibBackOff * Math.Pow(2, Math.Min(_failures++, 16));
        var wait = busy.RetryAfter > doubled ? busy.RetryAfter.Value : doubled;
        wait = wait < LongestBackOff ? wait : LongestBackOff;
        LogBusy(busy.Message, wait);
        await Task.Delay(wait, Time, cancellationToken);
        // Songs that are still looked at are asked for again.
        while (answers.Requests.TryRead(out _))
        {
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lyrics server is not asked again for {Wait}. {Reason}")]
    private partial void LogBusy(string reason, TimeSpan wait);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lyrics server's answer for track {TrackId} could not be stored; it is asked again when the song is looked at.")]
    private partial void LogNotKept(Exception exception, string trackId);
}

/// <summary>The lyrics server's answers so far, and the questions that wait.</summary>
internal sealed class LrclibAnswers(LrclibAnswerStore store, IOptions<LyricsOptions> options)
{
    /// <summary>Questions that wait; beyond, the oldest is dropped and comes back when the song is looked at again.</summary>
    private const int MaxRequests = 200;

    private readonly Channel<Track> _requests = Channel.CreateBounded<Track>(
        new BoundedChannelOptions(MaxRequests) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public ChannelReader<Track> Requests => _requests.Reader;

    /// <summary>The lyrics the server gave for this track; null when it has none, was not asked yet, or there is no such server.</summary>
    public async Task<LyricCandidate?> FindAsync(string trackId, CancellationToken cancellationToken)
    {
        if (options.Value.Lrclib is null || await store.FindAsync(trackId, cancellationToken) is not { Text: { } text } answer)
            return null;
        var format = string.IsNullOrWhiteSpace(answer.SyncedLyrics) ? LyricFormat.Text : LyricFormat.Lrc;
        var content = new LyricRevision(Encoding.UTF8.GetBytes(text), format.WireName());
        return new LyricCandidate(new LyricOrigin(LyricSource.Server, $"s{answer.FetchedAtMs:x}"), _ => Task.FromResult<LyricRevision?>(content));
    }

    /// <summary>Asks the server about this track, for which a client found no lyrics, when its turn comes.</summary>
    public void Request(Track track)
    {
        if (options.Value.Lrclib is not null && track.Artist.Length > 0)
            _requests.Writer.TryWrite(track);
    }
}
