using MusicSocial.Lyrics;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Lyrics.Editing;
using MusicSocial.Server.Lyrics.Lrclib;

namespace MusicSocial.Server.Lyrics;

/// <summary>Finds the lyrics of a track: of the first source that has some which can be read.</summary>
internal sealed partial class CueSheets(
    Tracks tracks, LyricSources sources, LyricRevisionStore revisions, LrclibAnswers server, ILogger<CueSheets> logger) : IDisposable
{
    /// <summary>Bytes of the sources of the sheets kept; a sheet in memory weighs some twenty times its source.</summary>
    private const int Capacity = 4 * 1024 * 1024;

    /// <summary>One version of each track.</summary>
    private readonly BoundedCache<string, TrackLyrics> _read = new(Capacity);

    /// <summary>The lyrics, null when there are none that can be read; refuses <c>track.not_found</c>.</summary>
    public async Task<TrackLyrics?> FindAsync(string trackId, CancellationToken cancellationToken)
    {
        var track = await tracks.GetWithFileAsync(trackId, cancellationToken);
        await foreach (var candidate in sources.AllAsync(track, cancellationToken))
        {
            if (await TryReadAsync(track, candidate, cancellationToken) is { } lyrics)
                return lyrics;
        }

        server.Request(track.Track);
        return null;
    }

    /// <summary>The lyrics of many tracks, by track: those that can be heard and have lyrics in this hub. A lyrics server's answers are left out.</summary>
    public async Task<IReadOnlyDictionary<string, TrackLyrics>> FindOwnAsync(IReadOnlyCollection<string> trackIds, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, TrackLyrics>();
        var newest = await revisions.NewestAsync(trackIds, cancellationToken);
        foreach (var (id, track) in (await tracks.FindAsync(trackIds, cancellationToken)).Where(track => track.Value.Present))
        {
            foreach (var candidate in sources.Own(track, newest.GetValueOrDefault(id)))
            {
                if (await TryReadAsync(track, candidate, cancellationToken) is not { } lyrics)
                    continue;
                found[id] = lyrics;
                break;
            }
        }

        return found;
    }

    /// <summary>The lyrics of one revision, 0 being what the song brings itself; refuses <c>lyrics.revision_not_found</c>.</summary>
    public async Task<TrackLyrics> GetRevisionAsync(string trackId, long revision, CancellationToken cancellationToken)
    {
        var track = await tracks.GetWithFileAsync(trackId, cancellationToken);
        var (origin, content) = await GetContentAsync(track, revision, cancellationToken);
        return TryRead(track, origin, content) ?? throw new RefusedException(LyricsRefusals.RevisionNotFound);
    }

    /// <summary>What a revision is made of, 0 being what the song brings itself; refuses <c>lyrics.revision_not_found</c>.</summary>
    public async Task<(LyricOrigin Origin, LyricRevision Content)> GetContentAsync(
        CatalogTrack track, long revision, CancellationToken cancellationToken)
    {
        if (revision != 0)
        {
            return await revisions.FindAsync(track.Track.Id, revision, cancellationToken) is var (content, userId)
                ? (LyricOrigin.People(revision, userId), content)
                : throw new RefusedException(LyricsRefusals.RevisionNotFound);
        }

        await foreach (var candidate in sources.BroughtAsync(track, cancellationToken))
        {
            if (await candidate.ReadAsync(cancellationToken) is { } content && TryRead(track, candidate.Origin, content) is not null)
                return (candidate.Origin, content);
        }

        throw new RefusedException(LyricsRefusals.RevisionNotFound);
    }

    /// <summary>Reads a source; throws <see cref="LyricRefusedException"/> when it cannot be read.</summary>
    public static LyricSheet Read(LyricRevision source)
    {
        var sheet = source.Format == EditedSheet.Format
            ? EditedSheet.Read(source.Source)
            : LyricReader.Read(source.Source, LyricFormats.FromWireName(source.Format), source.Encoding);
        return sheet.WithOffset(-source.OffsetMs);
    }

    public void Dispose() => _read.Dispose();

    private async Task<TrackLyrics?> TryReadAsync(CatalogTrack track, LyricCandidate candidate, CancellationToken cancellationToken)
    {
        if (_read.TryGet(track.Track.Id, out var known) && known.Version == candidate.Origin.Version)
            return known;
        if (await candidate.ReadAsync(cancellationToken) is not { } content || TryRead(track, candidate.Origin, content) is not { } lyrics)
            return null;
        _read.Set(track.Track.Id, lyrics, content.Source.Length);
        return lyrics;
    }

    private TrackLyrics? TryRead(CatalogTrack track, LyricOrigin origin, LyricRevision content)
    {
        try
        {
            return new TrackLyrics(track.Track.Id, origin, Read(content), content.OffsetMs, TimeSpan.FromMilliseconds(track.Track.DurationMs));
        }
        catch (LyricRefusedException refused)
        {
            LogUnreadable(refused, track.Track.Id, origin.Version);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lyrics {Version} of track {TrackId} cannot be read any more and are skipped; the next source is used.")]
    private partial void LogUnreadable(Exception refused, string trackId, string version);
}
