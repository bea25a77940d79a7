using System.Text.RegularExpressions;
using MusicSocial.Lyrics;
using MusicSocial.Server.Api;
using MusicSocial.Server.Catalog.Probing;

namespace MusicSocial.Server.Catalog.Scanning;

/// <summary>An audio file that was read: what it says, whose content it is, and what is usable beside it.</summary>
internal sealed record ReadAudio(FoundAudio Found, ProbedAudio Probed, string Fingerprint, Sidecars Beside);

/// <summary>Reads audio files and the covers and lyrics beside them.</summary>
internal sealed partial class TrackReader(AudioProbe probe)
{
    private const int TagLimit = 200;

    /// <summary>Null when the file cannot be played.</summary>
    public async Task<ReadAudio?> ReadAsync(FoundAudio found, CancellationToken cancellationToken)
    {
        try
        {
            if (await probe.ReadAsync(found.FullPath, cancellationToken) is not { } probed)
                return null;
            var fingerprint = await Fingerprint.OfAsync(found.FullPath, cancellationToken);
            var cover = found.Cover?.Path ?? (probed.HasPicture ? found.Path : null);
            var lyrics = await FirstReadableAsync(found.Lyrics, cancellationToken) ??
                (EmbeddedLyrics.Read(found.FullPath, probed).Any(IsReadable) ? found.Path : null);
            return new ReadAudio(found, probed, fingerprint, new Sidecars(cover, found.CoverStamp, lyrics, found.LyricsStamp));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The track under its id; what the tags leave open, the file name says (<c>Artist - Title</c>).</summary>
    public static ScannedTrack ToTrack(string id, ReadAudio read)
    {
        var (artistOfName, titleOfName) = SplitName(Path.GetFileNameWithoutExtension(read.Found.FullPath));
        return new ScannedTrack(
            id,
            Clean(read.Probed.Title) ?? Clean(titleOfName) ?? id,
            Clean(read.Probed.Artist) ?? Clean(artistOfName) ?? "",
            Clean(read.Probed.Album),
            Math.Max(1, (long)Math.Round(read.Probed.Duration.TotalMilliseconds)),
            new AudioFile(
                read.Found.Path, read.Found.SizeBytes, read.Found.ModifiedMs, read.Fingerprint,
                AudioFormats.ContentTypeOf(read.Found.Path)!, read.Beside));
    }

    private static async Task<string?> FirstReadableAsync(IReadOnlyList<FileBeside> candidates, CancellationToken cancellationToken)
    {
        foreach (var file in candidates)
        {
            try
            {
                if (new FileInfo(file.FullPath).Length > LyricLimits.Bytes)
                    continue;
                LyricReader.Read(await File.ReadAllBytesAsync(file.FullPath, cancellationToken));
                return file.Path;
            }
            catch (Exception exception) when (exception is LyricRefusedException or IOException or UnauthorizedAccessException)
            {
                // The next one may do.
            }
        }

        return null;
    }

    private static bool IsReadable(LyricTag tag)
    {
        try
        {
            LyricReader.Read(tag.Source, tag.Format);
            return true;
        }
        catch (LyricRefusedException)
        {
            return false;
        }
    }

    private static (string? Artist, string Title) SplitName(string name)
    {
        var spoken = LeadingNumber().Replace(name.Replace('_', ' '), "");
        return spoken.Split(" - ", 2) is [var artist, var title] ? (artist, title) : (null, spoken);
    }

    private static string? Clean(string? tag)
    {
        if (string.IsNullOrWhiteSpace(tag))
            return null;
        try
        {
            return CleanText.Line(tag.Length <= TagLimit ? tag : tag[..TagLimit], TagLimit);
        }
        catch (RefusedException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^\d{1,3}[\s.\-]+(?=\S)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex LeadingNumber();
}
