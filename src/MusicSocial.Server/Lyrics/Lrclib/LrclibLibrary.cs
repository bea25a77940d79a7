using MusicSocial.Lyrics;
using MusicSocial.Server.Catalog;

namespace MusicSocial.Server.Lyrics.Lrclib;

/// <summary>The lyrics of this hub as LRCLIB's API gives them: its own, never those of the server it asks itself.</summary>
internal sealed class LrclibLibrary(Tracks tracks, TrackNames names, TrackSearch search, CueSheets sheets, LrclibNumberStore numbers)
{
    /// <summary>As many as LRCLIB gives.</summary>
    private const int MaxHits = 20;

    public async Task<LrclibTrack?> FindAsync(string title, string artist, TimeSpan? duration, CancellationToken cancellationToken) =>
        await names.MatchAsync(title, artist, duration, cancellationToken) is { } track
            ? (await DescribeAsync([track], cancellationToken)).FirstOrDefault()
            : null;

    public async Task<LrclibTrack?> FindAsync(long number, CancellationToken cancellationToken)
    {
        try
        {
            return await numbers.TrackOfAsync(number, cancellationToken) is { } id
                ? (await DescribeAsync([await tracks.GetAsync(id, cancellationToken)], cancellationToken)).FirstOrDefault()
                : null;
        }
        catch (RefusedException)
        {
            return null;
        }
    }

    public async Task<IReadOnlyList<LrclibTrack>> SearchAsync(string words, CancellationToken cancellationToken)
    {
        var page = await search.PageAsync(words, cursor: null, limit: 5 * MaxHits, cancellationToken);
        return await DescribeAsync([.. page.Items.Where(track => track.HasLyrics).Take(MaxHits)], cancellationToken);
    }

    private async Task<List<LrclibTrack>> DescribeAsync(IReadOnlyList<Track> found, CancellationToken cancellationToken)
    {
        string[] ids = [.. found.Select(track => track.Id)];
        var lyrics = await sheets.FindOwnAsync(ids, cancellationToken);
        var known = await numbers.OfAsync(ids, cancellationToken);
        return [.. found.Where(track => lyrics.ContainsKey(track.Id)).Select(track => Describe(track, known[track.Id], lyrics[track.Id].Sheet))];
    }

    private static LrclibTrack Describe(Track track, long number, LyricSheet sheet)
    {
        // Lyrics without any word mark an instrumental.
        var instrumental = sheet.Lines.All(line => line.Text.Length == 0);
        var bare = sheet with { Metadata = sheet.Metadata.Clear() };
        return new LrclibTrack(
            number, track.Title, track.Title, track.Artist, track.Album ?? "", track.DurationMs / 1000.0, instrumental,
            instrumental ? null : LyricWriter.Write(bare, LyricOutput.Text).TrimEnd('\n'),
            instrumental || !sheet.Synced ? null : LyricWriter.Write(bare, LyricOutput.Lrc, new LyricWriting { FractionDigits = 2 }).TrimEnd('\n'));
    }
}
