using System.Collections.Concurrent;

namespace MusicSocial.Server.Lyrics;

/// <summary>Sheets that were read lately, one version of each track, within a bound of source bytes.</summary>
internal sealed class RememberedSheets
{
    /// <summary>A sheet in memory weighs some twenty times its source.</summary>
    private const long MaxSourceBytes = 4 * 1024 * 1024;

    private readonly ConcurrentDictionary<string, TrackLyrics> _sheets = new();
    private long _sourceBytes;

    public TrackLyrics? Find(string trackId, string version) =>
        _sheets.TryGetValue(trackId, out var lyrics) && lyrics.Version == version ? lyrics : null;

    public void Add(TrackLyrics lyrics, int sourceBytes)
    {
        if (Interlocked.Add(ref _sourceBytes, sourceBytes) > MaxSourceBytes)
        {
            _sheets.Clear();
            Interlocked.Exchange(ref _sourceBytes, sourceBytes);
        }

        _sheets[lyrics.TrackId] = lyrics;
    }
}
