using System.Runtime.CompilerServices;
using MusicSocial.Lyrics;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Catalog.Probing;
using MusicSocial.Server.Lyrics.Editing;
using MusicSocial.Server.Lyrics.Lrclib;

namespace MusicSocial.Server.Lyrics;

/// <summary>A source that may have the lyrics of a track; nothing was read yet.</summary>
/// <param name="Origin">Where and which.</param>
/// <param name="ReadAsync">Reads the bytes; null when they are not there (any more).</param>
internal sealed record LyricCandidate(LyricOrigin Origin, Func<CancellationToken, Task<LyricRevision?>> ReadAsync);

/// <summary>Knows where the lyrics of a track may be, in the order in which they count.</summary>
internal sealed class LyricSources(MusicFolders folders, FolderEncodings encodings, LyricRevisionStore revisions, EmbeddedLyrics embedded, LrclibAnswers server)
{
    /// <summary>All sources of a track; a lyrics server's answer is the last.</summary>
    public async IAsyncEnumerable<LyricCandidate> AllAsync(
        CatalogTrack track, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var id = track.Track.Id;
        foreach (var candidate in Own(track, (await revisions.NewestAsync([id], cancellationToken)).GetValueOrDefault(id)))
            yield return candidate;
        if (await server.FindAsync(id, cancellationToken) is { } answer)
            yield return answer;
    }

    /// <summary>All sources but the revisions that users made.</summary>
    public async IAsyncEnumerable<LyricCandidate> BroughtAsync(
        CatalogTrack track, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var candidate in Own(track, newest: null))
            yield return candidate;
        if (await server.FindAsync(track.Track.Id, cancellationToken) is { } answer)
            yield return answer;
    }

    /// <summary>The sources within this hub: the newest revision, then the file beside the audio or its tags.</summary>
    public IEnumerable<LyricCandidate> Own(CatalogTrack track, NewestRevision? newest)
    {
        if (newest is not null)
        {
            yield return new LyricCandidate(
                LyricOrigin.People(newest.Revision, newest.UserId),
                async cancellation => (await revisions.FindAsync(track.Track.Id, newest.Revision, cancellation))?.Content);
        }

        var beside = track.File.Beside;
        if (beside.LyricsPath is not { } path || folders.FullPathOf(path) is not { } fullPath)
            yield break;
        yield return path == track.File.Path
            ? new LyricCandidate(new LyricOrigin(LyricSource.Tags, $"t{track.File.AudioVersion}"), cancellation => ReadTagsAsync(fullPath, cancellation))
            : new LyricCandidate(
                new LyricOrigin(LyricSource.File, $"f{beside.LyricsStamp:x}{encodings.Of(path)}"), cancellation => ReadFileAsync(fullPath, encodings.Of(path), cancellation));
    }

    // The first that can be read, as the scan that promised them found it.
    private async Task<LyricRevision?> ReadTagsAsync(string fullPath, CancellationToken cancellationToken)
    {
        foreach (var tag in await embedded.ReadAsync(fullPath, cancellationToken))
        {
            try
            {
                var revision = new LyricRevision(tag.Source, tag.Format?.WireName());
                CueSheets.Read(revision);
                return revision;
            }
            catch (LyricRefusedException)
            {
                // The next one may do.
            }
        }

        return null;
    }

    private static async Task<LyricRevision?> ReadFileAsync(string fullPath, string? encoding, CancellationToken cancellationToken)
    {
        try
        {
            return new FileInfo(fullPath).Length <= LyricLimits.Bytes
                ? new LyricRevision(await File.ReadAllBytesAsync(fullPath, cancellationToken), Encoding: encoding)
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <summary>The lyrics a track has right now.</summary>
/// <param name="TrackId">The track.</param>
/// <param name="Origin">Where they come from.</param>
/// <param name="Sheet">What they say.</param>
/// <param name="OffsetMs">By how much the lines are later than their source says; already in the sheet.</param>
/// <param name="Duration">Length of the track, where a last line ends.</param>
internal sealed record TrackLyrics(string TrackId, LyricOrigin Origin, LyricSheet Sheet, int OffsetMs, TimeSpan Duration)
{
    /// <summary>Changes whenever they do.</summary>
    public string Version => Origin.Version;
}

/// <summary>Where lyrics come from.</summary>
/// <param name="Source">The kind of source.</param>
/// <param name="Version">Changes whenever they do: <c>r7</c> for what people made, <c>f...</c> for a file beside the audio, <c>t...</c> for tags, <c>s...</c> for a server's answer.</param>
/// <param name="Revision">Of what people made, else 0.</param>
/// <param name="UserId">Who made it, if people did.</param>
internal sealed record LyricOrigin(LyricSource Source, string Version, long Revision = 0, string? UserId = null)
{
    public static LyricOrigin People(long revision, string userId) => new(LyricSource.People, $"r{revision}", revision, userId);
}
