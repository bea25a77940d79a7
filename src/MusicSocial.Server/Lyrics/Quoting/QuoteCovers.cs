using System.ComponentModel;
using System.Text;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Server.Catalog;

namespace MusicSocial.Server.Lyrics.Quoting;

/// <summary>Covers as they lie inside a card: JPEG of the right size within the SVG, since not every drawing machine reads WebP; drawn covers stay drawn.</summary>
internal sealed class QuoteCovers(TrackCovers covers, QuoteTools tools) : IDisposable
{
    private const int MaxJpegBytes = 1024 * 1024;

    /// <summary>Covers kept, about 50 KB each.</summary>
    private const int Capacity = 64;

    private readonly BoundedCache<(string TrackId, string Version), string> _drawn = new(Capacity);

    /// <summary>SVG elements that draw the cover into the card's square.</summary>
    public async Task<string> DrawAsync(CatalogTrack track, CancellationToken cancellationToken)
    {
        var key = (track.Track.Id, track.File.CoverVersion);
        if (_drawn.TryGet(key, out var drawn))
            return drawn;
        if (await covers.FindAsync(track, cancellationToken) is not { } cover || await ToJpegAsync(cover.FullPath, cancellationToken) is not { } jpeg)
            return Drawn(track.Track);

        drawn =
            $"""<image width="{QuoteCard.CoverSide}" height="{QuoteCard.CoverSide}" xlink:href="data:image/jpeg;base64,{Convert.ToBase64String(jpeg)}"/>""";
        _drawn.Set(key, drawn);
        return drawn;
    }

    public void Dispose() => _drawn.Dispose();

    private static string Drawn(Track track) =>
        Encoding.UTF8.GetString(GeneratedCover.Draw(track)).Replace(
            "width=\"512\" height=\"512\">", $"width=\"{QuoteCard.CoverSide}\" height=\"{QuoteCard.CoverSide}\">", StringComparison.Ordinal);

    private async Task<byte[]?> ToJpegAsync(string fullPath, CancellationToken cancellationToken)
    {
        const int side = 2 * QuoteCard.CoverSide;
        try
        {
            if (DemuxerOf(await ImageFile.ContentTypeOfAsync(fullPath, cancellationToken)) is not { } demuxer)
                return null;
            string[] arguments =
            [
                "-v", "quiet", "-nostdin", .. ImageFile.MaxPixels, "-protocol_whitelist", "file,pipe", "-f", demuxer, "-i", $"file:{fullPath}", "-frames:v", "1",
                "-vf", $"scale={side}:{side}:force_original_aspect_ratio=increase,crop={side}:{side}", "-c:v", "mjpeg", "-q:v", "3", "-f", "image2pipe", "pipe:1",
            ];
            return await tools.RunAsync(arguments, MaxJpegBytes, cancellationToken);
        }
        catch (Exception exception) when (exception is Win32Exception or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Named, so that a file dressed as an image opens no other.
    private static string? DemuxerOf(string? contentType) => contentType switch
    {
        "image/jpeg" => "jpeg_pipe",
        "image/png" => "png_pipe",
        "image/webp" => "webp_pipe",
        _ => null,
    };
}
