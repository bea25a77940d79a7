using System.ComponentModel.DataAnnotations;
using MusicSocial.Server.Limits;

namespace MusicSocial.Server.Catalog;

/// <summary>Where the music is and how it is read; configured under <c>Catalog</c>, the folders by <c>--music</c>.</summary>
internal sealed class CatalogOptions
{
    /// <summary>Music folders separated by <c>;</c> (or the system's path separator); the demo library when empty.</summary>
    public string Music { get; set; } = "";

    /// <summary>
    /// Encodings of folders with tags and lyric files from before Unicode, such as <c>music/Old=windows-1251;music/Cantopop=big5</c>: the folder's name, what
    /// is below it, and the encoding. Where none is named, the bytes decide.
    /// </summary>
    public string Encodings { get; set; } = "";

    /// <summary>Folders are walked again after this time even when nothing was seen to change (network drives report no changes).</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan RescanEvery { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>A change is looked at when nothing more has changed for this long; files younger than this may still be copied.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan SettleTime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Files read side by side.</summary>
    [Range(1, 64)]
    public int Readers { get; set; } = Math.Clamp(Environment.ProcessorCount, 1, 8);

    /// <summary>A tool that takes longer over one file is ended and the file skipped.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ToolTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Name or path of ffprobe. Without it only WebM and WAV are read.</summary>
    [Required]
    public string Ffprobe { get; set; } = "ffprobe";

    /// <summary>Name or path of ffmpeg, which takes pictures out of audio files, cuts chunks and measures loudness.</summary>
    [Required]
    public string Ffmpeg { get; set; } = "ffmpeg";

    /// <summary>Whether it is measured how loud tracks are: each once, in the background, about a second of one core for a song.</summary>
    public bool MeasureLoudness { get; set; } = true;

    /// <summary>Longer tracks are played from their file only.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "04:00:00")]
    public TimeSpan ChunkedUpTo { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>Tracks one address may have cut; one more is cut when it is asked for again later.</summary>
    public RateLimit Cuts { get; set; } = new() { PerSecond = 0.2, Burst = 60 };

    /// <summary>Tracks of which chunks and Opus are kept in the data folder, about 2 MB a minute; the longest unused go first.</summary>
    [Range(1, 1_000_000)]
    public int ChunkedTracks { get; set; } = 500;

    /// <summary>One step of cutting that takes longer is given up.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ChunkTimeout { get; set; } = TimeSpan.FromMinutes(3);
}
