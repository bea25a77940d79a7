using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using MusicSocial.Lyrics;
using MusicSocial.Server.Catalog;

namespace MusicSocial.Server.Lyrics;

/// <summary>Gives lyrics away as files of every format that can be written.</summary>
internal sealed class ExportedLyrics(Tracks tracks)
{
    private const int NameLength = 120;

    /// <summary>The file, named after the song; refuses <c>lyrics.unknown_format</c> and <c>lyrics.needs_times</c>.</summary>
    public async Task<FileContentHttpResult> SendAsync(
        TrackLyrics lyrics, string format, HttpResponse response, CancellationToken cancellationToken)
    {
        if (LyricOutputs.FromWireName(format) is not { } output)
            throw new RefusedException(LyricsRefusals.OutputUnknown);
        if (LyricWriter.NeedsTimes(output) && !lyrics.Sheet.Synced)
            throw new RefusedException(LyricsRefusals.NeedsTimes);

        var track = await tracks.GetAsync(lyrics.TrackId, cancellationToken);
        var text = LyricWriter.Write(lyrics.Sheet, output, new LyricWriting { DurationMs = (int)lyrics.Duration.TotalMilliseconds });
        response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(
            Encoding.UTF8.GetBytes(text), output.MediaType(), $"{NameOf(track)}.{output.FileExtension()}",
            entityTag: new EntityTagHeaderValue($"\"{lyrics.Version}-{output.WireName()}\""));
    }

    private static string NameOf(Track track)
    {
        var name = track.Artist.Length > 0 ? $"{track.Artist} - {track.Title}" : track.Title;
        var safe = string.Concat(name.Select(character => char.IsControl(character) || "\\/:*?\"<>|".Contains(character) ? '_' : character));
        return safe.Length <= NameLength ? safe : safe[..NameLength].TrimEnd();
    }
}
