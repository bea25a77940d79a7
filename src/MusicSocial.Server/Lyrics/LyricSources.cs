using System.Runtime.CompilerServices;
using MusicSocial.Lyrics;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Catalog.Probing;
using MusicSocial.Server.Lyrics.Lrclib;
using MusicSocial.Server.Lyrics.Revisions;

namespace MusicSocial.Server.Lyrics;

/// <summary>A source that may have the lyrics of a track; nothing was read yet.</summary>
/// <param name="Origin">Where and which.</param>
/// <param name="ReadAsync">Reads the bytes; null when they are not there (any more).</param>
internal sealed record LyricCandidate(LyricOrigin Origin, Func<CancellationToken, Task<LyricRevision?>> ReadAsync);

/// <summary>Knows where the lyrics of a track may be, in the order in which they count.</summary>
internal sealed class LyricSources(MusicFolders folders, LyricRevisionStore revisions, EmbeddedLyrics embedded, LrclibAnswers server)
{
    public async IAsyncEnumerable<LyricCandidate> AllAsync(
        CatalogTrack track, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var id = track.Track.Id;
        if (await revisions.NewestAsync(id, cancellationToken) is { } newest)
        {
            yield return new LyricCandidate(
                LyricOrigin.People(newest.Revision, newest.UserId),
                async cancellation => (await revisions.FindAsync(id, newest.Revision, cancellation))?.Content);
        }

        await foreach (var candidate in BroughtAsync(track, cancellationToken))
            yield return candidate;
    }

    /// <summary>What the song brings itself, without people.</summary>
    public async IAsyncEnumerable<LyricCandidate> BroughtAsync(
        CatalogTrack track, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var beside = track.File.Beside;
        if (beside.LyricsPath is { } path && folders.FullPathOf(path) is { } fullPath)
        {
            yield return path == track.File.Path
                ? new LyricCandidate(
                    new LyricOrigin(LyricSource.Tags, $"t{track.File.AudioVersion}"),
                    cancellation => ReadTagsAsync(fullPath, cancellation))
                : new LyricCandidate(
                    new LyricOrigin(LyricSource.File, $"f{beside.LyricsStamp:x}"),
                    cancellation => ReadFileAsync(fullPath, cancellation));
        }

        if (await server.FindAsync(track.Track.Id, cancellationToken) is { } answer)
            yield return answer;
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

    private static async Task<LyricRevision?> ReadFileAsync(string fullPath, CancellationToken cancellationToken)
    {
        try
        {
            return new FileInfo(fullPath).Length <= LyricLimits.Bytes
                ? new LyricRevision(await File.ReadAllBytesAsync(fullPath, cancellationToken))
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
