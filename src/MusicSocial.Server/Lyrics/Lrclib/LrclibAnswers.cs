using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using MusicSocial.Lyrics;
using MusicSocial.Server.Lyrics.Revisions;

namespace MusicSocial.Server.Lyrics.Lrclib;

/// <summary>What the lyrics server said so far, and what it is still to be asked.</summary>
internal sealed class LrclibAnswers(LrclibAnswerStore store, IOptions<LyricsOptions> options)
{
    /// <summary>Songs that wait to be asked about; when more are looked at, the oldest wish is forgotten and comes back with the next look.</summary>
    private const int MaxWishes = 200;

    private readonly Channel<Track> _wishes = Channel.CreateBounded<Track>(
        new BoundedChannelOptions(MaxWishes) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public ChannelReader<Track> Wishes => _wishes.Reader;

    /// <summary>The lyrics the server gave for this track; null when it has none, was not asked yet, or there is no such server.</summary>
    public async Task<LyricCandidate?> FindAsync(string trackId, CancellationToken cancellationToken)
    {
        if (options.Value.Lrclib is null || await store.FindAsync(trackId, cancellationToken) is not { Text: { } text } answer)
            return null;
        var format = string.IsNullOrWhiteSpace(answer.SyncedLyrics) ? LyricFormat.Text : LyricFormat.Lrc;
        var content = new LyricRevision(Encoding.UTF8.GetBytes(text), format.WireName());
        return new LyricCandidate(new LyricOrigin(LyricSource.Server, $"s{answer.FetchedAtMs:x}"), _ => Task.FromResult<LyricRevision?>(content));
    }

    /// <summary>Somebody looked for lyrics of this track and there are none.</summary>
    public void Wish(Track track)
    {
        if (options.Value.Lrclib is not null && track.Artist.Length > 0)
            _wishes.Writer.TryWrite(track);
    }
}
