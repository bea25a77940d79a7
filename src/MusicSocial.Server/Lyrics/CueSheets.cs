using MusicSocial.Lyrics;
using MusicSocial.Server.Catalog;

namespace MusicSocial.Server.Lyrics;

/// <summary>Finds the lyrics of a track: the newest that people uploaded, else the file beside the audio.</summary>
internal sealed partial class CueSheets(Tracks tracks, MusicFolders folders, LyricRevisionStore revisions, ILogger<CueSheets> logger)
{
    private readonly RememberedSheets _remembered = new();

    /// <summary>The lyrics, null when there are none that can be read; refuses <c>track.not_found</c>.</summary>
    public async Task<TrackLyrics?> FindAsync(string trackId, CancellationToken cancellationToken)
    {
        var track = await tracks.GetWithFileAsync(trackId, cancellationToken);
        if (await revisions.NewestAsync(trackId, cancellationToken) is { } newest)
        {
            return _remembered.Find(trackId, VersionOf(newest)) ??
                (await revisions.FindAsync(trackId, newest, cancellationToken) is { } revision ? Read(track, VersionOf(newest), revision) : null);
        }

        var beside = track.File.Beside;
        if (beside.LyricsPath is not { } path || folders.FullPathOf(path) is not { } fullPath)
            return null;
        var version = $"f{beside.LyricsStamp:x}";
        return _remembered.Find(trackId, version) ??
            (await ReadFileAsync(fullPath, cancellationToken) is { } bytes ? Read(track, version, new LyricRevision(bytes, null, null)) : null);
    }

    /// <summary>The version of an uploaded revision.</summary>
    public static string VersionOf(long revision) => $"r{revision}";

    /// <summary>Reads a source; throws <see cref="LyricRefusedException"/> when it cannot be read.</summary>
    public static LyricSheet Read(LyricRevision source) =>
        LyricReader.Read(source.Source, LyricFormats.FromWireName(source.Format), source.Encoding);

    private TrackLyrics? Read(CatalogTrack track, string version, LyricRevision source)
    {
        try
        {
            var lyrics = new TrackLyrics(track.Track.Id, version, Read(source), TimeSpan.FromMilliseconds(track.Track.DurationMs));
            _remembered.Add(lyrics, source.Source.Length);
            return lyrics;
        }
        catch (LyricRefusedException refused)
        {
            LogUnreadable(refused, track.Track.Id, version);
            return null;
        }
    }

    private static async Task<byte[]?> ReadFileAsync(string fullPath, CancellationToken cancellationToken)
    {
        try
        {
            return new FileInfo(fullPath).Length <= LyricLimits.Bytes ? await File.ReadAllBytesAsync(fullPath, cancellationToken) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lyrics {Version} of track {TrackId} can no longer be read.")]
    private partial void LogUnreadable(Exception refused, string trackId, string version);
}
