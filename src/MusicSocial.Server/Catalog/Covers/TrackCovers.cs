namespace MusicSocial.Server.Catalog.Covers;

/// <summary>The image shown for a track: beside the file, inside the file, or drawn.</summary>
internal sealed class TrackCovers(MusicFolders folders, EmbeddedPictures pictures)
{
    /// <summary>A file that can be sent as it is, or null: then it is to be drawn.</summary>
    public async Task<(string FullPath, string ContentType)?> FindAsync(CatalogTrack track, CancellationToken cancellationToken)
    {
        var file = track.File;
        if (file.Beside.CoverPath is not { } coverPath || folders.FullPathOf(coverPath) is not { } fullPath)
            return null;
        if (coverPath != file.Path)
            return (fullPath, ContentTypeOf(fullPath));
        return await pictures.FindAsync(track.Track.Id, file.CoverVersion, fullPath, cancellationToken) is { } picture ? (picture, "image/jpeg") : null;
    }

    private static string ContentTypeOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".webp" => "image/webp",
        ".png" => "image/png",
        _ => "image/jpeg",
    };
}
