namespace MusicSocial.Server.Catalog;

/// <summary>Recognises tracks of the catalog by the names other players give them.</summary>
internal sealed class TrackNames(TrackStore store, Tracks tracks)
{
    /// <summary>Two recordings of one song differ by more; two encodings of one recording by less.</summary>
    private static readonly TimeSpan DurationTolerance = TimeSpan.FromSeconds(3);

    /// <summary>The track with this title and artist (case and diacritics aside) and, when it is known, this length; null when there is none.</summary>
    public async Task<Track?> MatchAsync(string title, string artist, TimeSpan? duration, CancellationToken cancellationToken)
    {
        var artistKey = SearchText.Fold(artist);
        var match = (await store.FindByTitleAsync(SearchText.Fold(title), cancellationToken))
            .Where(track => SearchText.Fold(track.Artist) == artistKey)
            .Select(track => (track.Id, Difference: duration is null ? TimeSpan.Zero : (TimeSpan.FromMilliseconds(track.DurationMs) - duration.Value).Duration()))
            .Where(track => track.Difference <= DurationTolerance)
            .OrderBy(track => track.Difference)
            .FirstOrDefault();
        return match.Id is null ? null : (await tracks.GetAsync([match.Id], cancellationToken)).GetValueOrDefault(match.Id);
    }
}
