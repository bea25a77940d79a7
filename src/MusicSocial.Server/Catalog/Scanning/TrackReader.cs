using System.Text.RegularExpressions;
using MusicSocial.Lyrics;
using MusicSocial.Server.Api;
using MusicSocial.Server.Catalog.Probing;

namespace MusicSocial.Server.Catalog.Scanning;

/// <summary>An audio file that was read: what it says, how long it is and whose sound, and what is usable beside it.</summary>
/// <param name="Found">The file.</param>
/// <param name="Probed">What it says about itself.</param>
/// <param name="Duration">Its length, above zero.</param>
/// <param name="Sound">Hash of its sound; of the whole file where the sound cannot be told from the rest.</param>
/// <param name="Fingerprint">Of the whole file, by which earlier versions knew it.</param>
/// <param name="Beside">Cover and lyrics.</param>
internal sealed record ReadAudio(FoundAudio Found, ProbedAudio Probed, TimeSpan Duration, string Sound, string Fingerprint, Sidecars Beside);

/// <summary>Reads audio files and the covers and lyrics beside them.</summary>
internal sealed partial class TrackReader(AudioProbe probe, SoundReader sounds, FolderEncodings encodings)
{
    /// <summary>Grows when files are to be read again because more or other things are read of them.</summary>
    public const long Version = 1;

    private const int TagLimit = 200;

    /// <summary>Null when the file cannot be played.</summary>
    public async Task<ReadAudio?> ReadAsync(FoundAudio found, CancellationToken cancellationToken)
    {
        try
        {
            if (await probe.ReadAsync(found.FullPath, cancellationToken) is not { } header)
                return null;
            var probed = WithNames(found, header);
            var sound = await sounds.ReadAsync(found.FullPath, probed.Duration, cancellationToken);
            if (sound.Duration is not { } duration || duration <= TimeSpan.Zero)
                return null;
            var fingerprint = await Fingerprint.OfAsync(found.FullPath, cancellationToken);
            var cover = await FirstPictureAsync(found.Covers, cancellationToken) ?? (probed.HasPicture ? found.Path : null);
            var lyrics = await FirstReadableAsync(found.Lyrics, cancellationToken) ??
                (EmbeddedLyrics.Read(found.FullPath, probed).Any(IsReadable) ? found.Path : null);
            return new ReadAudio(found, probed, duration, sound.Hash ?? fingerprint, fingerprint, new Sidecars(cover, found.CoverStamp, lyrics, found.LyricsStamp));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The track under its id.</summary>
    public static ScannedTrack ToTrack(string id, ReadAudio read)
    {
        var (title, artist) = NamesOf(id, read);
        return new ScannedTrack(
            id, title, artist, Clean(read.Probed.Album), Math.Max(1, (long)Math.Round(read.Duration.TotalMilliseconds)),
            new AudioFile(
                read.Found.Path, read.Found.SizeBytes, read.Found.ModifiedMs, read.Sound, AudioFormats.ContentTypeOf(read.Found.Path)!, read.Beside))
        {
            ChangedMs = read.Found.ChangedMs,
        };
    }

    /// <summary>Title and artist; what the tags leave open, the file name says (<c>Artist - Title</c>).</summary>
    public static (string Title, string Artist) NamesOf(string id, ReadAudio read)
    {
        var (artistOfName, titleOfName) = SplitName(Path.GetFileNameWithoutExtension(read.Found.Path));
        return (Clean(read.Probed.Title) ?? Clean(titleOfName) ?? id, Clean(read.Probed.Artist) ?? Clean(artistOfName) ?? "");
    }

    /// <summary>Whether a title is one that a ripper gives when it knows none.</summary>
    public static bool IsGeneric(string title) => GenericTitle().IsMatch(title);

    private ProbedAudio WithNames(FoundAudio found, ProbedAudio probed) => Path.GetExtension(found.Path).ToLowerInvariant() switch
    {
        ".mp3" or ".aac" => Id3Names.Apply(found.FullPath, probed, encodings.Of(found.Path)),
        ".flac" or ".ogg" or ".oga" or ".opus" => probed with { Artist = Names.JoinComments(probed.Artist) },
        _ => probed,
    };

    // A page of a site that was down, saved as cover.jpg, is no picture.
    private static async Task<string?> FirstPictureAsync(IReadOnlyList<FileBeside> candidates, CancellationToken cancellationToken)
    {
        foreach (var file in candidates)
        {
            if (await ImageFile.ContentTypeOfAsync(file.FullPath, cancellationToken) is not null)
                return file.Path;
        }

        return null;
    }

    private async Task<string?> FirstReadableAsync(IReadOnlyList<FileBeside> candidates, CancellationToken cancellationToken)
    {
        foreach (var file in candidates)
        {
            try
            {
                if (new FileInfo(file.FullPath).Length > LyricLimits.Bytes)
                    continue;
                LyricReader.Read(await File.ReadAllBytesAsync(file.FullPath, cancellationToken), encodingHint: encodings.Of(file.Path));
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

    [GeneratedRegex(@"^(track|titel|piste|traccia|pista|audiotrack|untitled|unknown)?[\s_-]*\d*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex GenericTitle();

    [GeneratedRegex(@"^\d{1,3}[\s.\-]+(?=\S)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex LeadingNumber();
}
