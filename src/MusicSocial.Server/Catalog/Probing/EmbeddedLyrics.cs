using System.Text;
using MusicSocial.Lyrics;

namespace MusicSocial.Server.Catalog.Probing;

/// <summary>Lyrics of a tag.</summary>
/// <param name="Source">Its bytes.</param>
/// <param name="Format">As the tag declares it; null when it has to be recognised by the content.</param>
internal sealed record LyricTag(byte[] Source, LyricFormat? Format);

/// <summary>
/// Lyrics inside audio files, those that promise times first: ID3's SYLT by a reader of our own (ffprobe does not give it), then
/// what ffprobe finds (Vorbis comments, MP4, Matroska), then ID3's USLT.
/// </summary>
internal sealed class EmbeddedLyrics(AudioProbe probe)
{
    /// <summary>The lyrics in a file; none when it cannot be read.</summary>
    public async Task<IReadOnlyList<LyricTag>> ReadAsync(string fullPath, CancellationToken cancellationToken) =>
        await probe.ReadAsync(fullPath, cancellationToken) is { } probed ? Read(fullPath, probed) : [];

    /// <summary>The lyrics in a file that was probed already.</summary>
    public static IReadOnlyList<LyricTag> Read(string fullPath, ProbedAudio probed)
    {
        var frames = Path.GetExtension(fullPath).Equals(".mp3", StringComparison.OrdinalIgnoreCase) ? Id3Frames.Read(fullPath, Id3Frame.IsLyrics) : [];
        return
        [
            .. frames.Where(frame => frame.IsTimed).Select(frame => new LyricTag(frame.Body, LyricFormat.Id3)),
            .. probed.Lyrics.Where(text => text.Length <= LyricLimits.Bytes).Select(text => new LyricTag(Encoding.UTF8.GetBytes(text), Format: null)),
            .. frames.Where(frame => !frame.IsTimed).Select(frame => new LyricTag(frame.Body, LyricFormat.Id3)),
        ];
    }
}
