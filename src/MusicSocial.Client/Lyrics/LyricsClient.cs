using MusicSocial.Client.Http;

namespace MusicSocial.Client.Lyrics;

/// <summary>The words of songs. Cues come as signals: see <see cref="Topics.TopicSubscription.FollowCuesAsync(CancellationToken)"/>.</summary>
public sealed class LyricsClient
{
    private readonly ApiClient _http;

    internal LyricsClient(ApiClient http) => _http = http;

    /// <summary>The cue sheet of a song; refused <c>lyrics.none</c> when it has none.</summary>
    public Task<CueSheet> GetAsync(string trackId, CancellationToken cancellationToken = default) =>
        _http.GetAsync<CueSheet>($"/api/tracks/{Query.Segment(trackId)}/lyrics", cancellationToken);

    /// <summary>Gives a song other lyrics.</summary>
    /// <param name="trackId">The song.</param>
    /// <param name="file">The file as it is, at most 1 MiB.</param>
    /// <param name="format">A hint: <c>lrc</c>, <c>ttml</c>, <c>srt</c>, <c>vtt</c> and others; null to find out.</param>
    /// <param name="encoding">A hint, e.g. <c>gb18030</c>; null to find out.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<CueSheet> ReplaceAsync(
        string trackId, ReadOnlyMemory<byte> file, string? format = null, string? encoding = null, CancellationToken cancellationToken = default) =>
        _http.PutBytesAsync<CueSheet>(
            Query.Of($"/api/tracks/{Query.Segment(trackId)}/lyrics", ("format", format), ("encoding", encoding)), file, cancellationToken);
}
