using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Options;
using MusicSocial.Lyrics;

namespace MusicSocial.Server.Lyrics.Lrclib;

/// <summary>The lyrics server is too busy, fails or cannot be reached: it is not asked again for a while.</summary>
internal sealed class LrclibBusyException(string message, TimeSpan? retryAfter, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the server asked for, if it did.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}

/// <summary>Asks an LRCLIB-compatible server, and says who asks.</summary>
internal sealed class LrclibClient : IDisposable
{
    private readonly HttpClient? _http;
    private readonly TimeProvider _time;

    public LrclibClient(IOptions<LyricsOptions> options, TimeProvider time)
    {
        _time = time;
        if (options.Value.Lrclib is not { } address)
            return;
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1, AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(address.ToString().TrimEnd('/') + "/"),
            Timeout = options.Value.LrclibTimeout,
            // Two texts, each at most as long as lyrics may be.
            MaxResponseContentBufferSize = 4 * LyricLimits.Bytes,
        };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd($"MusicSocial/{Version}");
    }

    private static string Version => Assembly.GetExecutingAssembly().GetName().Version!.ToString(3);

    /// <summary>What the server knows of this song; null when it knows nothing. Throws <see cref="LrclibBusyException"/>.</summary>
    public async Task<LrclibTrack?> GetAsync(Track track, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http!.GetAsync(Question(track), cancellationToken);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests || (int)answer.StatusCode >= 500)
                throw new LrclibBusyException($"It answered {(int)answer.StatusCode}.", RetryAfter(answer));
            return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<LrclibTrack>(LrclibTrack.Json, cancellationToken) : null;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new LrclibBusyException("It cannot be reached.", retryAfter: null, exception);
        }
    }

    public void Dispose() => _http?.Dispose();

    private static string Question(Track track)
    {
        var seconds = Math.Round(track.DurationMs / 1000.0).ToString(CultureInfo.InvariantCulture);
        var album = track.Album is { Length: > 0 } name ? $"&album_name={Uri.EscapeDataString(name)}" : "";
        return $"api/get?track_name={Uri.EscapeDataString(track.Title)}&artist_name={Uri.EscapeDataString(track.Artist)}{album}&duration={seconds}";
    }

    private TimeSpan? RetryAfter(HttpResponseMessage answer) =>
        answer.Headers.RetryAfter is not { } header ? null : header.Delta ?? (header.Date - _time.GetUtcNow());
}
